/** What each machine of the run is, gathered beside the checks. A help for comparing runs, and never a reason to fail. */

import { sh } from '../../core/command.ts'
import type { Progress } from '../../core/progress.ts'
import { systemClock } from '../../core/time/clock.ts'
import { type Duration, scale, seconds } from '../../core/time/duration.ts'
import { isLivePlan } from '../../machine/abilities.ts'
import type { Machine, Transport } from '../../machine/machine.ts'
import { factsCommand, parseFacts, SECTIONS } from '../../probe/facts/machine-facts.ts'
import type { FactsFile } from '../../record/facts-file.ts'
import type { RunRecord } from '../../record/run/run-record.ts'
import { knownFacts, rememberFacts } from './known-facts.ts'

export interface FactsOptions {
  readonly record: RunRecord
  readonly progress: Progress
  readonly cache: string
  /** The way that was demanded for all machines. */
  readonly over?: Transport
}

/** For all sections together, on fast hardware. */
const FACTS_TIMEOUT = seconds(30)
/** How long a run that is over waits for the last answers, of fast hardware. */
const FACTS_GRACE_AT_END: Duration = seconds(5)

export class FactsKeeper {
  readonly #options: FactsOptions
  /** By the name of the machine; settled when its facts are written or given up. */
  readonly #gathering = new Map<string, Promise<void>>()
  /** Those that have not answered yet, with what makes them slow. */
  readonly #open = new Map<string, number>()
  readonly #over = new AbortController()

  constructor(options: FactsOptions) {
    this.#options = options
  }

  /** Begins, once for each name. */
  begin(machine: Machine): void {
    if (this.#gathering.has(machine.name) || this.#over.signal.aborted) return
    this.#open.set(machine.name, machine.slowness)
    this.#gathering.set(machine.name, this.#gather(machine))
  }

  /** Before something is changed there: what is gathered later would be something else. */
  async settled(name: string): Promise<void> {
    await this.#gathering.get(name)
  }

  /** A machine that has not answered in time is written down as such. */
  async end(patience = FACTS_GRACE_AT_END): Promise<void> {
    const waiting = new AbortController()
    const all = Promise.all(this.#gathering.values())
    const bound = systemClock.wait(scale(patience, Math.max(1, ...this.#open.values())), waiting.signal).catch(() => {})
    await Promise.race([all, bound, aborted(this.#over.signal)])
    waiting.abort()
    this.giveUp()
    for (const name of this.#open.keys()) this.#write(nothing(name, 'the run was over before it was told'))
    this.#open.clear()
  }

  /** The run was stopped: nothing is worth waiting for. */
  giveUp(): void {
    this.#over.abort()
  }

  async #gather(machine: Machine): Promise<void> {
    const { name } = machine
    try {
      const facts = await this.#ask(machine)
      if (this.#open.has(name)) this.#write(facts)
    } catch (error) {
      if (this.#over.signal.aborted || !this.#open.has(name)) return
      this.#write(nothing(name, firstLine(error)))
    }
    this.#open.delete(name)
  }

  async #ask(machine: Machine): Promise<FactsFile> {
    const { cache, over } = this.#options
    const { name, plan, preferred, slowness } = machine
    const shell = await machine.shell(over ?? preferred)
    const limits = { attempt: scale(FACTS_TIMEOUT, slowness), signal: this.#over.signal }
    // A machine of ours that was kept ready is the same boot as when it was asked for the first time.
    const bootId = isLivePlan(plan) ? '' : (await shell.run(BOOT_ID, limits)).stdout.toString().trim()
    const known = knownFacts(cache, bootId)
    if (known) return { ...known, machine: name }
    const gathered = new Date().toISOString()
    const facts = {
      format: 1,
      machine: name,
      gathered,
      ...parseFacts(await shell.run(factsCommand(slowness), limits)),
    } as const
    rememberFacts(cache, bootId, facts)
    return facts
  }

  #write(facts: FactsFile): void {
    try {
      this.#options.record.facts(facts)
    } catch (error) {
      this.#tell(`The facts of ${facts.machine} are not kept: ${firstLine(error)}`)
    }
  }

  #tell(text: string): void {
    try {
      this.#options.progress.note(text)
    } catch {
      // Notes are recorded too, and the disk is full: the run itself will say so.
    }
  }
}

const BOOT_ID = sh`cat /proc/sys/kernel/random/boot_id`

const nothing = (machine: string, why: string): FactsFile => ({
  format: 1,
  machine,
  gathered: new Date().toISOString(),
  sections: {},
  missing: Object.fromEntries(SECTIONS.map(({ name }) => [name, why])),
})

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
