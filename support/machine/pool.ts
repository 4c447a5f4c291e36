import { setMaxListeners } from 'node:events'
import { join } from 'node:path'
import type { Console } from '../console/console.ts'
import { systemClock } from '../core/clock.ts'
import { Deadline } from '../core/deadline.ts'
import { deferred } from '../core/deferred.ts'
import { type Duration, formatDuration, milliseconds, seconds } from '../core/duration.ts'
import { EnvironmentBroken, NotSupported } from '../core/errors.ts'
import type { Progress } from '../core/progress.ts'
import { refuse } from '../core/refusal.ts'
import { rows } from '../core/text.ts'
import type { Toolchain } from '../nix/toolchain.ts'
import type { Done, Sent } from '../shell/audited.ts'
import { Admission } from './admission.ts'
import { bridgePath, openBridge, tellSize } from './console-bridge.ts'
import { fingerprint } from './fingerprint.ts'
import type { Machine, MachinePlan, Surroundings } from './machine.ts'
import { bootMachine } from './registry.ts'
import { Ledger } from './reservation.ts'
import { publish } from './running.ts'
import { StateDir, sweep } from './state-dir.ts'
import { Stay } from './stay.ts'
import type { Visit } from './visit.ts'

export interface PoolOptions {
  readonly progress: Progress
  /** Console transcripts go here; they outlive the machines. */
  readonly evidenceDir: string
  /** Told of each command that was sent to a live host. */
  audit?(word: Sent | Done): void
  readonly cache: string
  /** How long a machine may take until it is ready. */
  readonly bootBudget: Duration
  toolchain(): Promise<Toolchain>
  /** Told of each machine as soon as it is ready, for the record. */
  onReady?(machine: Machine): void
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
  /** By fingerprint, in the order in which they were first wanted. */
  readonly #stays = new Map<string, Stay>()
  /** Features whose milestone was reached. */
  readonly #reached = new Set<string>()
  readonly #over = new AbortController()
  #state: StateDir | undefined

  constructor(options: PoolOptions) {
    this.#options = options
    // As many listen as there are hosts to be connected to.
    setMaxListeners(0, this.#over.signal)
    const ledger = new Ledger({ own: () => this.#stateDir().path, lockFile: join(options.cache, 'admission.lock') })
    this.#admission =
      options.admission ?? new Admission({ ledger, progress: options.progress, signal: this.#over.signal })
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
    return this.#stay(plan).enter(visit)
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
    await this.#state?.[Symbol.asyncDispose]()
  }

  #stay(plan: MachinePlan): Stay {
    const key = fingerprint(plan)
    const known = this.#stays.get(key)
    if (known) return known
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
    if (plan.kind === 'ssh' || plan.kind === 'fake') return this.#start(plan, anew)
    return this.#admission.admit(plan.name, memoryOf(plan), () => this.#start(plan, anew))
  }

  async #start(plan: MachinePlan, anew: boolean): Promise<Machine> {
    this.#over.signal.throwIfAborted()
    const { progress } = this.#options
    const task =
      plan.kind === 'ssh'
        ? progress.start(`connecting to ${plan.name}`, 'connection')
        : progress.start(`booting ${plan.name}`)
    const started = performance.now()
    try {
      const surroundings = this.#surroundings(anew)
      const booting = bootMachine(plan, surroundings)
      const machine = await (plan.kind === 'ssh' ? unlessOver(booting, this.#over.signal) : booting)
      if (machine.console) await makeKnown(machine, machine.console, surroundings)
      this.#options.onReady?.(machine)
      task.done(`ready after ${formatDuration(milliseconds(performance.now() - started))}`)
      return machine
    } catch (error) {
      task.done('failed')
      throw error
    }
  }

  #surroundings(anew: boolean): Surroundings {
    const { audit, bootBudget, cache, evidenceDir, progress, toolchain } = this.#options
    const makeFolder = (): string => this.#stateDir().forMachine()
    let folder: string | undefined
    return {
      // Made only for drivers that ask: something that already runs needs none.
      get stateDir() {
        folder ??= makeFolder()
        return folder
      },
      evidenceDir,
      deadline: Deadline.after(bootBudget),
      signal: this.#over.signal,
      progress,
      toolchain,
      cache,
      anew,
      ...(audit ? { audit } : {}),
    }
  }

  #stateDir(): StateDir {
    if (this.#state) return this.#state
    const swept = sweep()
    if (swept.length > 0) this.#options.progress.note(`removed what an earlier run left: ${swept.join(', ')}`)
    this.#state = StateDir.create()
    return this.#state
  }
}

/** Whoever connects does not listen: what comes of it later is left at once. */
async function unlessOver(booting: Promise<Machine>, signal: AbortSignal): Promise<Machine> {
  const { promise: over, reject } = deferred<never>()
  const stop = (): void => reject(signal.reason)
  signal.addEventListener('abort', stop)
  try {
    return await Promise.race([booting, over])
  } finally {
    signal.removeEventListener('abort', stop)
    if (signal.aborted)
      booting.then(
        machine => machine[Symbol.asyncDispose](),
        () => {},
      )
  }
}

const milestoneMissing = (feature: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `The milestone of this feature was not reached\n${rows({
      Expected: `the scenario tagged @milestone in ${feature}, which this one begins after, to have held in this run`,
      Next: 'run the whole feature; or mend that scenario first',
    })}`.trimEnd(),
  )

const cannotBoot = (name: string): NotSupported =>
  new NotSupported(
    `Machine "${name}" cannot be booted for one scenario\n${rows({
      Reason: 'it is a live host, and its power is not ours',
      Next: 'leave the tag @fresh away, or judge the host in a machine of its own',
    })}`.trimEnd(),
  )

/** So that another program can enter it. Only machines with a console are ours to let anybody in. */
async function makeKnown(machine: Machine, console: Console, { stateDir }: Surroundings): Promise<void> {
  const { name, plan } = machine
  const bridge = bridgePath(stateDir)
  await openBridge(bridge, console, size => tellSize(machine, size))
  const identity = plan.kind === 'nixos-shell' && plan.sshd !== false ? plan.identityFile : undefined
  const port = (plan.kind === 'nixos-shell' && plan.sshPort) || 22
  const address = identity === undefined ? undefined : await machine.reachable(port).catch(() => undefined)
  const ssh = address && identity !== undefined ? { ssh: { ...address, identity } } : {}
  publish(stateDir, {
    name,
    runner: process.pid,
    ...ssh,
    console: bridge,
    transcriptFile: console.transcriptFile,
    since: Date.now(),
  })
}
