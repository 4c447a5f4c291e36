import { setMaxListeners } from 'node:events'
import { join } from 'node:path'
import { EnvironmentBroken } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { systemClock } from '../../core/time/clock.ts'
import { seconds } from '../../core/time/duration.ts'
import { abilitiesOf, isLivePlan } from '../abilities.ts'
import { fingerprint } from '../fingerprint.ts'
import type { Lease } from '../lease.ts'
import type { Machine, MachinePlan } from '../machine.ts'
import { Admission } from './admission.ts'
import { MemoryLedger } from './memory-ledger.ts'
import { cannotBoot, milestoneMissing } from './messages.ts'
import { MachineSlot } from './slot.ts'
import { MachineStarter, type StarterOptions } from './starter.ts'

export interface PoolOptions extends StarterOptions {
  readonly admission?: Admission
  /** Another machine may wait in the state to which the present one will be taken back, where cores and memory allow. */
  readonly standbys?: boolean
}

/** How long leaving live hosts may take. */
const LIVE_HOSTS_CLOSE_TIMEOUT = seconds(1)

const DEFAULT_MEMORY_MIB = 1024

const memoryOf = ({ memoryMiB = DEFAULT_MEMORY_MIB }: MachinePlan): number => memoryMiB

/**
 * The machines of one run: each plan is booted once, when first asked for, and taken back to where it was ready for each scenario
 * after one that changed it. A boot that failed stays failed.
 */
export class MachinePool implements AsyncDisposable {
  readonly #options: PoolOptions
  readonly #admission: Admission
  readonly #plans = new Map<string, MachinePlan>()
  /** By fingerprint, the one that was wanted last at the end. */
  readonly #slots = new Map<string, MachineSlot>()
  /** Features whose milestone was reached. */
  readonly #reached = new Set<string>()
  /** Who asked last. */
  #presentLease: Lease | undefined
  readonly #over = new AbortController()
  readonly #starter: MachineStarter

  constructor(options: PoolOptions) {
    this.#options = options
    // As many listen as there are hosts to be connected to.
    setMaxListeners(0, this.#over.signal)
    this.#starter = new MachineStarter(options, this.#over.signal)
    const ledger = new MemoryLedger({
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
  register(plan: MachinePlan): void {
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
  async get(name: string, lease?: Lease): Promise<Machine> {
    const plan = this.#plans.get(name)
    if (!plan) throw refuse({ what: `Unknown machine "${name}"`, got: name, known: this.names })
    if (lease?.afterMilestone && !this.#reached.has(lease.feature)) throw milestoneMissing(lease.feature)
    this.#presentLease = lease ?? this.#presentLease
    return this.#slotOf(plan).acquire(lease)
  }

  /** Ends the machine that was not wanted for longest, unless the present scenario needs it; false when there is none. */
  async makeRoom(forWhom: string): Promise<boolean> {
    const present = this.#presentLease
    for (const slot of this.#slots.values()) {
      if (!present || !slot.isIdle(present) || !(await slot.evict())) continue
      this.#options.progress.note(`Machine "${slot.name}" was ended: "${forWhom}" needs its memory`)
      return true
    }
    return false
  }

  /** A scenario tagged `@milestone` of this feature has held. */
  milestoneReached(feature: string): void {
    this.#reached.add(feature)
  }

  /** A step begins that may change the machine. */
  async markDirty(machine: Machine): Promise<void> {
    await this.#slots.get(fingerprint(machine.plan))?.markDirty(machine)
  }

  /** The machine did not answer. */
  async markSuspect(machine: Machine): Promise<void> {
    await this.#slots.get(fingerprint(machine.plan))?.markSuspect(machine)
  }

  /** The scenario tagged `@milestone` is over. @throws when the machine cannot be saved, with the reason */
  async saveMilestone(machine: Machine, reached: boolean): Promise<void> {
    await this.#slots.get(fingerprint(machine.plan))?.saveMilestone(machine, reached)
  }

  /** Ends every machine, the last booted first, and removes what they kept. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort(new EnvironmentBroken('The run ended while the machine was booting'))
    // One that does not answer does not hold up the others, nor us.
    const live = [...this.#slots.values()].filter(({ isLive }) => isLive)
    const left = Promise.all(live.map(slot => slot[Symbol.asyncDispose]()))
    const goodbye = new AbortController()
    await Promise.race([left, systemClock.wait(LIVE_HOSTS_CLOSE_TIMEOUT, goodbye.signal).catch(() => {})])
    goodbye.abort()
    for (const slot of [...this.#slots.values()].reverse()) if (!slot.isLive) await slot[Symbol.asyncDispose]()
    this.#slots.clear()
    await this.#starter[Symbol.asyncDispose]()
  }

  #slotOf(plan: MachinePlan): MachineSlot {
    const key = fingerprint(plan)
    const known = this.#slots.get(key)
    this.#slots.delete(key)
    if (known) {
      this.#slots.set(key, known)
      return known
    }
    const { standbys = false, progress } = this.#options
    const slot = new MachineSlot({
      name: plan.name,
      isLive: isLivePlan(plan),
      boot: anew => this.#boot(plan, anew),
      note: text => progress.note(text),
      hasRoomForStandby: () => standbys && this.#admission.hasRoom(memoryOf(plan), this.#slots.size),
    })
    this.#slots.set(key, slot)
    return slot
  }

  async #boot(plan: MachinePlan, anew: boolean): Promise<Machine> {
    const { bootable, takesMemory } = abilitiesOf(plan)
    if (!bootable && anew) throw cannotBoot(plan.name)
    if (!takesMemory) return this.#starter.start(plan, anew)
    return this.#admission.admit(plan.name, memoryOf(plan), () => this.#starter.start(plan, anew))
  }
}
