import { setMaxListeners } from 'node:events'
import { join } from 'node:path'
import { systemClock } from '../../core/clock.ts'
import { seconds } from '../../core/duration.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { fingerprint } from '../fingerprint.ts'
import type { Visit } from '../lease.ts'
import type { Machine, MachinePlan } from '../machine.ts'
import { Admission } from './admission.ts'
import { Ledger } from './memory-ledger.ts'
import { cannotBoot, milestoneMissing } from './messages.ts'
import { Stay } from './slot.ts'
import { MachineStarter, type StarterOptions } from './starter.ts'

export interface PoolOptions extends StarterOptions {
  readonly admission?: Admission
  /** Another machine may wait in the state to which the present one will be taken back, where cores and memory allow. */
  readonly spares?: boolean
}

/** How long leaving live hosts may take. */
const GOODBYE = seconds(1)

const USUAL_MEMORY_MIB = 1024

const memoryOf = (plan: MachinePlan): number =>
  (plan.kind === 'nixos-shell' ? plan.memoryMiB : undefined) ?? USUAL_MEMORY_MIB

/**
 * The machines of one run: each plan is booted once, when first asked for, and taken back to where it was ready for each scenario
 * after one that changed it. A boot that failed stays failed.
 */
export class MachinePool implements AsyncDisposable {
  readonly #options: PoolOptions
  readonly #admission: Admission
  readonly #plans = new Map<string, MachinePlan>()
  /** By fingerprint, the one that was wanted last at the end. */
  readonly #stays = new Map<string, Stay>()
  /** Features whose milestone was reached. */
  readonly #reached = new Set<string>()
  /** Who asked last. */
  #present: Visit | undefined
  readonly #over = new AbortController()
  readonly #starter: MachineStarter

  constructor(options: PoolOptions) {
    this.#options = options
    // As many listen as there are hosts to be connected to.
    setMaxListeners(0, this.#over.signal)
    this.#starter = new MachineStarter(options, this.#over.signal)
    const ledger = new Ledger({
      own: () => this.#starter.stateDir.path,
      lockFile: join(options.cache, 'admission.lock'),
    })
    this.#admission =
      options.admission ??
      new Admission({
        ledger,
        progress: options.progress,
        signal: this.#over.signal,
        makeRoom: name => this.makeRoom(name),
      })
  }

  get names(): readonly string[] {
    return [...this.#plans.keys()]
  }

  /** From now on the name means this plan. Nothing is booted yet. */
  know(plan: MachinePlan): void {
    this.#plans.set(plan.name, plan)
  }

  plan(name: string): MachinePlan | undefined {
    return this.#plans.get(name)
  }

  /**
   * The machine of this name as the scenario wants it; booted, or connected to, when first asked for.
   * One that was lost meanwhile is made anew, which is shown; one that was switched off stays off within its scenario.
   * @throws UsageError with the names when there is none of this name
   */
  async get(name: string, visit?: Visit): Promise<Machine> {
    const plan = this.#plans.get(name)
    if (!plan) throw refuse({ what: `Unknown machine "${name}"`, got: name, known: this.names })
    if (visit?.afterMilestone && !this.#reached.has(visit.feature)) throw milestoneMissing(visit.feature)
    this.#present = visit ?? this.#present
    return this.#stay(plan).enter(visit)
  }

  /** Ends the machine that nobody has wanted for longest, unless the present scenario needs it; false when there is none. */
  async makeRoom(forWhom: string): Promise<boolean> {
    const present = this.#present
    for (const stay of this.#stays.values()) {
      if (!present || !stay.isIdle(present) || !(await stay.rest())) continue
      this.#options.progress.note(`Machine "${stay.name}" was ended: "${forWhom}" needs its memory`)
      return true
    }
    return false
  }

  /** A scenario tagged `@milestone` of this feature has held. */
  reached(feature: string): void {
    this.#reached.add(feature)
  }

  /** A step begins that may change the machine. */
  async touched(machine: Machine): Promise<void> {
    await this.#stays.get(fingerprint(machine.plan))?.touched(machine)
  }

  /** The machine did not answer. */
  async doubted(machine: Machine): Promise<void> {
    await this.#stays.get(fingerprint(machine.plan))?.doubted(machine)
  }

  /** The scenario tagged `@milestone` is over. @throws when the machine cannot be saved, with the reason */
  async milestone(machine: Machine, reached: boolean): Promise<void> {
    await this.#stays.get(fingerprint(machine.plan))?.milestone(machine, reached)
  }

  /** Ends every machine, the last booted first, and removes what they kept. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort(new EnvironmentBroken('The run ended while the machine was booting'))
    // One that does not answer does not hold up the others, nor us.
    const live = [...this.#stays.values()].filter(({ isLive }) => isLive)
    const left = Promise.all(live.map(stay => stay[Symbol.asyncDispose]()))
    const goodbye = new AbortController()
    await Promise.race([left, systemClock.wait(GOODBYE, goodbye.signal).catch(() => {})])
    goodbye.abort()
    for (const stay of [...this.#stays.values()].reverse()) if (!stay.isLive) await stay[Symbol.asyncDispose]()
    this.#stays.clear()
    await this.#starter[Symbol.asyncDispose]()
  }

  #stay(plan: MachinePlan): Stay {
    const key = fingerprint(plan)
    const known = this.#stays.get(key)
    this.#stays.delete(key)
    if (known) {
      this.#stays.set(key, known)
      return known
    }
    const { spares = false, progress } = this.#options
    const stay = new Stay({
      name: plan.name,
      isLive: plan.kind === 'ssh',
      boot: anew => this.#boot(plan, anew),
      note: text => progress.note(text),
      roomForSpare: () => spares && this.#admission.hasRoom(memoryOf(plan), this.#stays.size),
    })
    this.#stays.set(key, stay)
    return stay
  }

  async #boot(plan: MachinePlan, anew: boolean): Promise<Machine> {
    if (plan.kind === 'ssh' && anew) throw cannotBoot(plan.name)
    if (plan.kind === 'ssh' || plan.kind === 'fake') return this.#starter.start(plan, anew)
    return this.#admission.admit(plan.name, memoryOf(plan), () => this.#starter.start(plan, anew))
  }
}
