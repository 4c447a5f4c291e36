/** The run as a person follows it: one line per scenario, and every word about what did not hold. */
import { stripVTControlCharacters } from 'node:util'
import type { Envelope } from '@cucumber/messages'
import { formatDuration, milliseconds } from '../core/duration.ts'
import type { ProgressTask } from '../core/progress.ts'
import { indent, rows } from '../core/text.ts'
import type { Outcome } from './outcome.ts'
import type { Results, ScenarioResult, StepResult } from './results.ts'
import type { Terminal } from './terminal.ts'
import { type Verdict, verdictLine } from './verdict.ts'

export class PrettyReport {
  readonly #terminal: Terminal
  readonly #results: Results
  readonly #sideBySide: boolean
  #heading = ''
  /** By the id of what was started. */
  readonly #watched = new Map<string, ProgressTask>()

  /**
   * @param results must have taken in each envelope before it comes here
   * @param sideBySide scenarios run at the same time: each is told when it is over, below its own heading
   */
  constructor(terminal: Terminal, results: Results, { sideBySide = false } = {}) {
    this.#terminal = terminal
    this.#results = results
    this.#sideBySide = sideBySide
  }

  accept(envelope: Envelope): void {
    if (envelope.parseError) this.#unreadable()
    if (envelope.testCaseStarted) this.#started(envelope.testCaseStarted)
    if (envelope.testCaseFinished) this.#finished(envelope.testCaseFinished)
  }

  end(verdict: Verdict, took: number, files: readonly string[]): void {
    for (const watched of this.#watched.values()) watched.done()
    this.#terminal.line()
    for (const file of files) this.#terminal.line(this.#terminal.style('dim', `report  ${file}`))
    const { word } = verdict
    const colour = word === 'GO' || word === 'STEPS KNOWN' ? 'green' : word === 'NO-GO' ? 'red' : 'yellow'
    const line = verdictLine(verdict).slice(word.length)
    this.#terminal.line(
      `${this.#terminal.style(['bold', colour], word)}${line}  (${formatDuration(milliseconds(took))})`,
    )
  }

  #started({ id, workerId }: NonNullable<Envelope['testCaseStarted']>): void {
    const scenario = this.#results.scenarioOf(id)
    if (!scenario) return
    if (!this.#sideBySide) this.#head(scenario)
    this.#watched.set(id, this.#terminal.watch(`${workerId === undefined ? '' : `[${workerId}] `}${scenario.name}`))
  }

  #head({ feature, uri, rule }: ScenarioResult): void {
    const before = this.#heading.split('\0')
    this.#heading = `${uri}\0${rule ?? ''}`
    if (before[0] !== uri) {
      this.#terminal.line()
      this.#terminal.line(`${this.#terminal.style('bold', feature)}  ${this.#terminal.style('dim', uri)}`)
    }
    if (!rule || this.#heading === before.join('\0')) return
    if (before[0] === uri) this.#terminal.line()
    this.#terminal.line(`  ${this.#terminal.style('dim', rule)}`)
  }

  #finished({ testCaseStartedId, willBeRetried }: NonNullable<Envelope['testCaseFinished']>): void {
    this.#watched.get(testCaseStartedId)?.done()
    this.#watched.delete(testCaseStartedId)
    const scenario = this.#results.scenarioOf(testCaseStartedId)
    if (!scenario) return
    if (this.#sideBySide) this.#head(scenario)
    const { sign, colour } = SIGNS[scenario.outcome]
    const again = willBeRetried ? this.#terminal.style('yellow', '  tried again') : attempts(scenario)
    const took = this.#terminal.style('dim', formatDuration(milliseconds(scenario.milliseconds)))
    this.#terminal.line(`  ${this.#terminal.style(colour, sign)} ${harmless(scenario.name)}${again}  ${took}`)
    if (scenario.outcome === 'held' || willBeRetried) return
    for (const text of explanations(scenario)) {
      this.#terminal.line()
      this.#terminal.line(indent(harmless(text), 6))
    }
    if (scenario.outcome !== 'skipped') this.#terminal.line()
  }

  #unreadable(): void {
    const broken = this.#results.unreadable.at(-1)
    if (!broken) return
    this.#terminal.line()
    this.#terminal.line(`${this.#terminal.style('yellow', '?')} ${broken.uri} is not readable`)
    this.#terminal.line()
    this.#terminal.line(indent(harmless(broken.message), 4))
  }
}

export const SIGNS = {
  held: { sign: '✓', colour: 'green' },
  failed: { sign: '✗', colour: 'red' },
  error: { sign: '!', colour: 'yellow' },
  refused: { sign: '?', colour: 'yellow' },
  unfinished: { sign: '…', colour: 'yellow' },
  skipped: { sign: '-', colour: 'dim' },
} as const satisfies Record<Outcome, { sign: string; colour: string }>

/** A machine's words may hold what moves cursors and paints titles: in somebody's terminal they are only text. */
const harmless = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be replaced
  stripVTControlCharacters(text).replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd')

const attempts = ({ attempts }: ScenarioResult): string => (attempts > 1 ? `  (attempt ${attempts})` : '')

/** What is to be said about a scenario that did not hold: the steps in question, each with its message as it stands. */
export function explanations(scenario: ScenarioResult): string[] {
  const said = scenario.steps.filter(({ outcome }) => outcome !== 'held' && outcome !== 'skipped')
  const texts = said.map(step => `${sentence(step)}${where(scenario, step)}\n\n${indent(explanation(step), 2)}`)
  return scenario.reason ? [scenario.reason, ...texts] : texts
}

export const sentence = ({ keyword, text }: StepResult): string => `${keyword}${text}`

const where = ({ uri }: ScenarioResult, { line }: StepResult): string =>
  line === undefined ? '' : `  (${uri}:${line})`

/** The message of what was thrown; with its stack when it is nobody's claim but a mistake in a program. */
export function explanation({ outcome, error, ours, nearest }: StepResult): string {
  if (outcome === 'unfinished') return 'The runner was stopped in the middle of it.'
  if (error) return ours || error.stack === undefined ? error.message : error.stack
  if (outcome !== 'refused') return 'No word was said about why.'
  return `No step has this sentence\n${rows({ 'Did you mean': nearest, Next: 'nixcumber steps' })}`.trimEnd()
}
