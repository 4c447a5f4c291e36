/** How far each host is: with many of them at once a line for a host when it is done, and one that lives while they are asked. */

import type { ProgressTask } from '../../core/progress.ts'
import { plural } from '../../core/text/text.ts'
import { formatDuration, milliseconds } from '../../core/time/duration.ts'
import { OUTCOME_SYMBOLS } from '../outcome-symbols.ts'
import { ORDER, type Outcome } from '../results/outcome.ts'
import type { ScenarioResult } from '../results/result-types.ts'
import type { Terminal } from './terminal.ts'

/** What is asked of one host. */
export interface HostLane {
  readonly name: string
  /** Ids of its pickles. */
  readonly scenarios: readonly string[]
}

interface Host extends HostLane {
  since: number | undefined
  readonly ended: Outcome[]
  /** What was said about it already. */
  readonly said: Set<string>
}

/** As many names as a line has room for. */
const SHOWN = 3

export class HostProgress {
  readonly #terminal: Terminal
  readonly #hosts: readonly Host[]
  readonly #byScenario: ReadonlyMap<string, Host>
  readonly #count: number
  /** Who was told of first, by what was told. */
  readonly #first = new Map<string, string>()
  #ended = 0
  #living: ProgressTask | undefined

  constructor(terminal: Terminal, lanes: readonly HostLane[]) {
    this.#terminal = terminal
    this.#hosts = lanes.map(lane => ({ ...lane, since: undefined, ended: [], said: new Set<string>() }))
    this.#byScenario = new Map(this.#hosts.flatMap(host => host.scenarios.map(id => [id, host])))
    this.#count = this.#byScenario.size
    if (lanes.length > 0) this.#living = terminal.watch(plural(lanes.length, 'host'))
  }

  /** The host by which a scenario is told. */
  hostOf({ id }: ScenarioResult): string | undefined {
    return this.#byScenario.get(id)?.name
  }

  started({ id }: ScenarioResult): void {
    const host = this.#byScenario.get(id)
    if (!host) return
    host.since ??= performance.now()
    this.#tell()
  }

  /** True unless the same was said about this host before. */
  isNews({ id }: ScenarioResult, text: string): boolean {
    const { said } = this.#byScenario.get(id) ?? { said: new Set() }
    return !said.has(plain(text)) && Boolean(said.add(plain(text)))
  }

  /** The host of which the same was told first, of the same scenario; undefined for the first one. */
  sameAs({ id, uri, line }: ScenarioResult, text: string): string | undefined {
    const name = this.#byScenario.get(id)?.name ?? ''
    const key = `${uri}:${line} ${plain(text).replaceAll(name, 'HOST')}`
    const first = this.#first.get(key)
    if (first === undefined) this.#first.set(key, name)
    return first
  }

  ended({ id, outcome }: ScenarioResult): void {
    const host = this.#byScenario.get(id)
    if (!host) return
    this.#ended += 1
    host.ended.push(outcome)
    this.#tell()
    if (host.ended.length === host.scenarios.length) this.#done(host)
  }

  close(): void {
    this.#living?.done()
    this.#living = undefined
  }

  #done({ name, ended, since = performance.now() }: Host): void {
    const worst = ORDER.find(outcome => ended.includes(outcome)) ?? 'held'
    const { sign, colour } = OUTCOME_SYMBOLS[worst]
    const took = formatDuration(milliseconds(performance.now() - since))
    const width = Math.min(24, Math.max(...this.#hosts.map(host => host.name.length)))
    const words = `${name.padEnd(width)}  ${counted(ended)}`
    this.#terminal.line(`${this.#terminal.style(colour, sign)} ${words}  ${this.#terminal.style('dim', took)}`)
    if (this.#ended === this.#count) this.close()
  }

  #tell(): void {
    const busy = this.#hosts.filter(
      ({ since, ended, scenarios }) => since !== undefined && ended.length < scenarios.length,
    )
    const done = this.#hosts.filter(({ ended, scenarios }) => ended.length === scenarios.length).length
    // Who is behind is of interest: a slow one is seen by its name.
    const behind = busy.toSorted((a, b) => (a.since ?? 0) - (b.since ?? 0)).slice(0, SHOWN)
    const names = behind.map(({ name, ended, scenarios }) => `${name} ${ended.length}/${scenarios.length}`)
    const more = busy.length > SHOWN ? ` and ${busy.length - SHOWN} more` : ''
    const silent = this.#hosts.filter(({ since }) => since === undefined)
    const waiting =
      silent.length === 0
        ? ''
        : `  not yet: ${silent.length > SHOWN ? silent.length : silent.map(({ name }) => name).join(', ')}`
    this.#living?.update(`${done} done  ${this.#ended}/${this.#count} scenarios  ${names.join(', ')}${more}${waiting}`)
  }
}

/** How long one waited differs each time. */
const plain = (text: string): string => text.replaceAll(/(?<!\d)\d+(\.\d+)? m?s\b/g, '')

const counted = (ended: readonly Outcome[]): string =>
  ORDER.map(outcome => [ended.filter(each => each === outcome).length, OUTCOME_SYMBOLS[outcome].word] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ')
