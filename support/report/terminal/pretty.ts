/** The run as a person follows it: one line per scenario, and every word about what did not hold. */
import type { Envelope } from '@cucumber/messages'
import type { ProgressTask } from '../../core/progress.ts'
import { indent, plural } from '../../core/text/text.ts'
import { formatDuration, milliseconds } from '../../core/time/duration.ts'
import { explanations } from '../explanation.ts'
import { OUTCOME_SYMBOLS } from '../outcome-symbols.ts'
import { isFlaky, type ScenarioResult, titleOf } from '../results/result-types.ts'
import type { Results } from '../results/results.ts'
import { stripControl } from '../strip-control.ts'
import { type Verdict, verdictLine } from '../verdict.ts'
import { type HostLane, HostProgress } from './host-progress.ts'
import type { Terminal } from './terminal.ts'

interface Told {
  /** Scenarios run at the same time: each is told when it is over, below its own heading. */
  readonly sideBySide?: boolean
  /** Many hosts are asked at once: of those only what did not hold is told, and how each host ended. */
  readonly hosts?: readonly HostLane[]
  /** Nothing is run: what is not known is told at once anyway. */
  readonly dryRun?: boolean
  /** More is looked at than the run: whether it is a GO is said after it. */
  readonly isPartOfGate?: boolean
}

/** Places are named while they are few. */
const NAMED = 5

export class PrettyReport {
  readonly #terminal: Terminal
  readonly #results: Results
  readonly #sideBySide: boolean
  readonly #isPartOfGate: boolean
  readonly #hosts: HostProgress
  /** What has to be told before the first scenario was told. */
  #isBegun: boolean
  #heading = ''
  /** By the id of what was started. */
  readonly #watched = new Map<string, ProgressTask>()

  /**
   * @param results must have taken in each envelope before it comes here
   */
  constructor(
    terminal: Terminal,
    results: Results,
    { sideBySide = false, hosts = [], dryRun = false, isPartOfGate = false }: Told = {},
  ) {
    this.#terminal = terminal
    this.#results = results
    this.#sideBySide = sideBySide
    this.#isPartOfGate = isPartOfGate
    this.#hosts = new HostProgress(terminal, hosts)
    this.#isBegun = dryRun
  }

  accept(envelope: Envelope): void {
    if (envelope.parseError) this.#unreadable()
    if (envelope.testCaseStarted) this.#started(envelope.testCaseStarted)
    if (envelope.testCaseFinished) this.#finished(envelope.testCaseFinished)
  }

  end(verdict: Verdict, took: number, files: readonly string[]): void {
    this.#hosts.close()
    for (const watched of this.#watched.values()) watched.done()
    this.#terminal.line()
    for (const file of files) this.#terminal.line(this.#terminal.style('dim', `report  ${file}`))
    const word = this.#isPartOfGate && verdict.word === 'GO' ? 'HELD' : verdict.word
    const colour =
      word === 'HELD' || word === 'GO' || word === 'STEPS KNOWN' ? 'green' : word === 'NO-GO' ? 'red' : 'yellow'
    const line = verdictLine(verdict).slice(verdict.word.length)
    this.#terminal.line(
      `${this.#terminal.style(['bold', colour], word)}${line}  (${formatDuration(milliseconds(took))})`,
    )
  }

  #started({ id, workerId }: NonNullable<Envelope['testCaseStarted']>): void {
    const scenario = this.#results.scenarioOf(id)
    if (!scenario) return
    if (!this.#isBegun) this.#begin()
    if (this.#hosts.hostOf(scenario) !== undefined) {
      this.#hosts.started(scenario)
      return
    }
    if (!this.#sideBySide) this.#head(scenario)
    this.#watched.set(id, this.#terminal.watch(`${workerId === undefined ? '' : `[${workerId}] `}${titleOf(scenario)}`))
  }

  /** A typing error is told before machines are booted for it. */
  #begin(): void {
    this.#isBegun = true
    const places = [...this.#results.unknown]
    if (places.length === 0) return
    const more = places.length > NAMED ? ', …' : ''
    const what = `${plural(places.length, 'sentence')} that no step has`
    this.#terminal.note(`${what}: ${places.slice(0, NAMED).join(', ')}${more}; nixcumber run --dry-run tells more`)
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
    const host = this.#hosts.hostOf(scenario)
    if (host === undefined) this.#tell(scenario, willBeRetried)
    if (host === undefined || willBeRetried) return
    const worth = (scenario.outcome !== 'held' && scenario.outcome !== 'skipped') || isFlaky(scenario)
    if (worth && this.#hosts.isNews(scenario, messages(scenario))) this.#tell(scenario, false, host)
    this.#hosts.ended(scenario)
  }

  #tell(scenario: ScenarioResult, willBeRetried: boolean, host?: string): void {
    if (this.#sideBySide) this.#head(scenario)
    const { sign, colour } = OUTCOME_SYMBOLS[scenario.outcome]
    const flaky = isFlaky(scenario) ? this.#terminal.style('yellow', '  flaky') : ''
    const again = willBeRetried ? this.#terminal.style('yellow', '  tried again') : `${attempts(scenario)}${flaky}`
    const before = host === undefined ? undefined : this.#hosts.sameAs(scenario, messages(scenario))
    const same = before === undefined ? '' : `  the same as on ${before}`
    const where = host === undefined ? '' : `${this.#terminal.style('bold', `  ${host}`)}${same}`
    const took = this.#terminal.style('dim', formatDuration(milliseconds(scenario.milliseconds)))
    const title = stripControl(host === undefined ? titleOf(scenario) : scenario.name)
    this.#terminal.line(`  ${this.#terminal.style(colour, sign)} ${title}${where}${again}  ${took}`)
    if (before !== undefined) return
    // Tries before the last were told as they ended; of a host, whose tries are not, when it is over.
    const texts = [...(host === undefined ? [] : scenario.earlier.map(({ said }) => said)), ...explanations(scenario)]
    for (const text of texts) {
      this.#terminal.line()
      this.#terminal.line(indent(stripControl(text), 6))
    }
    if (texts.length > 0 && scenario.outcome !== 'skipped') this.#terminal.line()
  }

  #unreadable(): void {
    const broken = this.#results.unreadable.at(-1)
    if (!broken) return
    this.#terminal.line()
    this.#terminal.line(`${this.#terminal.style('yellow', '?')} ${broken.uri} is not readable`)
    this.#terminal.line()
    this.#terminal.line(indent(stripControl(broken.message), 4))
  }
}

/** What is said about it, without the sentences: forty scenarios of a dead host have one message. */
const messages = ({ steps, earlier, reason = '' }: ScenarioResult): string =>
  [reason, ...earlier.map(({ message }) => message), ...steps.flatMap(({ error }) => error?.message ?? [])].join('\n')

const attempts = ({ attempts }: ScenarioResult): string => (attempts > 1 ? `  (attempt ${attempts})` : '')
