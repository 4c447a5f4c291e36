/** The workers of one run: who does what, what becomes of it, and what when one of them dies. */
import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { type Envelope, type Pickle, TimeConversion } from '@cucumber/messages'
import type { Progress } from '../../core/progress.ts'
import { Semaphore } from '../../core/semaphore.ts'
import type { Scenario } from '../../cucumber/scenario-runtime.ts'
import type { Unit } from '../../cucumber/work-unit.ts'
import type { RunRecord } from '../../record/run-record.ts'
import { idleCores } from './idle-cores.ts'
import { type Ending, Heard } from './lost-scenario.ts'
import { died, diedBefore, neverBegan } from './messages.ts'
import { Member } from './pool-worker.ts'
import type { Beginning, FromWorker } from './protocol.ts'

export interface CrewPlan {
  readonly begin: Omit<Beginning, 'type' | 'name'>
  readonly size: number
  /** In the order in which they are to be begun. */
  readonly units: readonly Unit<Scenario>[]
  readonly failFast: boolean
  /** `setParallelCanAssign` of the project: whether a scenario may run beside those. */
  mayRunBeside(scenario: Pickle, others: Pickle[]): boolean
  readonly progress: Progress
  readonly record: RunRecord
  accept(envelope: Envelope): void
  print(line: string): void
}

/** Workers that die before they can do anything: a third would not fare better. */
const FALSE_STARTS = 2
/** Of a core. */
const ENOUGH_IDLE = 0.5

export class Crew implements AsyncDisposable {
  readonly #plan: CrewPlan
  readonly #queue: Unit<Scenario>[]
  readonly #members = new Set<Member>()
  readonly #seats = new Semaphore(availableParallelism())
  #failing = false
  #stopping = false
  /** What a worker said was wrong with it. */
  readonly #broken = new Map<Member, Error>()
  /** Most memory that the workers held, MiB, each at its own peak. */
  peakMemoryMiB = 0

  constructor(plan: CrewPlan) {
    this.#plan = plan
    this.#queue = [...plan.units]
  }

  /**
   * Resolves when every unit was run or given up, and all workers are gone; true when everything held.
   * @throws what a hook of the whole run threw
   */
  async run(): Promise<boolean> {
    const size = Math.min(this.#plan.size, this.#queue.length)
    await Promise.all(Array.from({ length: size }, (_, i) => this.#place(`${i + 1}`)))
    // Whoever stops us says how the run ends.
    if (this.#stopping) return new Promise(() => {})
    const [broken] = this.#broken.values()
    if (broken) throw broken
    return !this.#failing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true
    await Promise.all([...this.#members].map(({ process }) => process.stop()))
  }

  /** One place in the crew: a worker, and whoever comes after it when it dies. */
  async #place(name: string): Promise<void> {
    for (let falseStarts = 0; falseStarts < FALSE_STARTS; ) {
      const member = await this.#hire(name)
      if (!member) return
      const how = await member.process.ended
      const begun = member.state !== 'beginning'
      this.#members.delete(member)
      member.gone()
      if (this.#stopping || this.#broken.size > 0) return
      this.#lose(member, how)
      if (!begun) falseStarts += 1
      if (falseStarts === FALSE_STARTS && this.#members.size === 0) this.#giveUp(neverBegan(member.process, how))
      if (this.#queue.length === 0) return
    }
  }

  /** Loading steps keeps a core busy: with more workers than cores the first would begin no sooner than the last. */
  async #hire(name: string): Promise<Member | undefined> {
    if (Number(name) > availableParallelism()) await this.#untilUseful()
    await using _ = await this.#seats.take()
    if (this.#stopping || this.#queue.length === 0) return undefined
    const member: Member = new Member({ name, ...this.#plan.begin }, this.#plan.progress, {
      hear: message => {
        if (!this.#stopping) this.#hear(member, message)
      },
      print: line => this.#plan.print(`[${name}] ${line}`),
    })
    this.#members.add(member)
    await Promise.race([member.ready, member.process.ended])
    return member
  }

  /** More workers than cores help only as long as cores are idle: with scenarios that wait. */
  async #untilUseful(): Promise<void> {
    const wanted = (): boolean => !this.#stopping && this.#queue.length > 0
    while (wanted() && (await idleCores()) < ENOUGH_IDLE);
  }

  #hear(member: Member, message: FromWorker): void {
    const { accept, progress, record } = this.#plan
    if (message.type === 'ready') this.#free(member)
    if (message.type === 'envelope') {
      member.heard(message.envelope)
      accept(message.envelope)
    }
    if (message.type === 'done') {
      this.#failing ||= !message.held
      this.#free(member)
    }
    if (message.type === 'task') member.task(message)
    if (message.type === 'note') (message.shown ? progress : record).note(message.text)
    if (message.type === 'flake') record.flake(message.facts)
    if (message.type === 'toplevel') record.toplevel(message.host, message.path)
    if (message.type === 'machine') record.machine(message.name, message.facts)
    if (message.type === 'stuck') this.#lose(member, 'stuck')
    if (message.type === 'broken') this.#broken.set(member, broken(message))
    if (message.type === 'bye') this.peakMemoryMiB += message.peakMemoryMiB
  }

  #free(member: Member): void {
    member.free()
    this.#employ()
  }

  /** Gives work to whoever has none; without any left they finish. */
  #employ(): void {
    if (this.#failing && this.#plan.failFast) this.#leaveOut()
    for (const member of this.#members) {
      if (member.state !== 'idle') continue
      const unit = this.#next()
      if (unit) member.give(unit, this.#failing)
      else if (this.#queue.length === 0) member.finish()
    }
  }

  /** The first that may run beside what runs now; when nothing runs, the first. */
  #next(): Unit<Scenario> | undefined {
    const busy = [...this.#members].flatMap(({ scenarios }) => scenarios.map(({ pickle }) => pickle))
    const fits = ({ scenarios }: Unit<Scenario>): boolean =>
      busy.length === 0 || scenarios.every(({ pickle }) => this.#plan.mayRunBeside(pickle, busy))
    const at = this.#queue.findIndex(fits)
    return at < 0 ? undefined : this.#queue.splice(at, 1)[0]
  }

  /** A worker is gone. What it had not finished could not be checked; what was finished, by whomever, stays. */
  #lose(member: Member, how: string): void {
    const { process, open } = member
    for (const [at, heard] of open.entries())
      this.#say(heard.lost(at === 0 ? died(process, how, heard.scenario) : diedBefore(process), ending()))
    this.#failing ||= open.length > 0
    this.#members.delete(member)
    if (open.length > 0) member.free()
    this.#employ()
  }

  #giveUp(why: string): void {
    for (const { scenarios } of this.#queue.splice(0))
      for (const scenario of scenarios) this.#say(new Heard(scenario).lost(why, ending()))
    this.#failing = true
  }

  #leaveOut(): void {
    for (const { scenarios } of this.#queue.splice(0))
      for (const scenario of scenarios) this.#say(new Heard(scenario).leftOut(ending()))
  }

  #say(envelopes: readonly Envelope[]): void {
    for (const envelope of envelopes) this.#plan.accept(envelope)
  }
}

/** With the stack it had over there, and what caused it. */
function broken({ message, stack }: FromWorker & { type: 'broken' }): Error {
  const error = new Error(message)
  error.stack = stack
  return error
}

const ending = (): Ending => ({
  now: TimeConversion.millisecondsSinceEpochToTimestamp(Date.now()),
  newId: randomUUID,
})
