import type { Console } from '../console/console.ts'
import { Deadline } from '../core/deadline.ts'
import { type Duration, formatDuration, milliseconds } from '../core/duration.ts'
import { EnvironmentBroken } from '../core/errors.ts'
import type { Progress } from '../core/progress.ts'
import { refuse } from '../core/refusal.ts'
import type { Toolchain } from '../nix/toolchain.ts'
import { Admission } from './admission.ts'
import { bridgePath, openBridge, tellSize } from './console-bridge.ts'
import { fingerprint } from './fingerprint.ts'
import type { Machine, MachinePlan, Surroundings } from './machine.ts'
import { bootMachine } from './registry.ts'
import { publish } from './running.ts'
import { StateDir, sweep } from './state-dir.ts'

export interface PoolOptions {
  readonly progress: Progress
  /** Console transcripts go here; they outlive the machines. */
  readonly evidenceDir: string
  readonly cache: string
  /** How long a machine may take until it is ready. */
  readonly bootBudget: Duration
  toolchain(): Promise<Toolchain>
  /** Told of each machine as soon as it is ready, for the record. */
  onReady?(machine: Machine): void
  readonly admission?: Admission
}

const USUAL_MEMORY_MIB = 1024

/** The machines of one run: each plan is booted once, when first asked for, and shared; a boot that failed stays failed. */
export class MachinePool implements AsyncDisposable {
  readonly #options: PoolOptions
  readonly #admission: Admission
  readonly #plans = new Map<string, MachinePlan>()
  /** By fingerprint, in the order of booting. */
  readonly #booted = new Map<string, Promise<Machine>>()
  readonly #over = new AbortController()
  #state: StateDir | undefined

  constructor(options: PoolOptions) {
    this.#options = options
    this.#admission = options.admission ?? new Admission()
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
   * The machine of this name; booted, or connected to, when first asked for.
   * One that was lost meanwhile is booted anew, which is shown; one that was switched off stays off.
   * @throws UsageError with the names when there is none of this name
   */
  async get(name: string): Promise<Machine> {
    const plan = this.#plans.get(name)
    if (!plan) throw refuse({ what: `Unknown machine "${name}"`, got: name, known: this.names })
    const key = fingerprint(plan)
    const known = this.#booted.get(key)
    if (known && !(await this.#isLost(await known))) return known
    // Two that ask at the same time for a machine that was lost get the same new one.
    if (this.#booted.get(key) === known) this.#booted.set(key, this.#boot(plan, known))
    return this.#booted.get(key) ?? this.get(name)
  }

  /** Ends every machine, the last booted first, and removes what they kept. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort(new EnvironmentBroken('The run ended while the machine was booting'))
    const machines = await Promise.all(
      [...this.#booted.values()].reverse().map(booted => booted.catch(() => undefined)),
    )
    for (const machine of machines) await machine?.[Symbol.asyncDispose]()
    this.#booted.clear()
    await this.#state?.[Symbol.asyncDispose]()
  }

  async #isLost(machine: Machine): Promise<boolean> {
    const state = await machine.state()
    if (state !== 'lost' && state !== 'panicked') return false
    const what = state === 'lost' ? 'was lost' : 'panicked'
    this.#options.progress.note(`Machine "${machine.name}" ${what} since it was last used; it is booted anew`)
    return true
  }

  async #boot(plan: MachinePlan, former?: Promise<Machine>): Promise<Machine> {
    await (await former)?.[Symbol.asyncDispose]()
    if (plan.kind === 'ssh' || plan.kind === 'fake') return this.#start(plan)
    const memory = plan.kind === 'nixos-shell' ? plan.memoryMiB : undefined
    return this.#admission.admit(plan.name, memory ?? USUAL_MEMORY_MIB, () => this.#start(plan))
  }

  async #start(plan: MachinePlan): Promise<Machine> {
    this.#over.signal.throwIfAborted()
    const task = this.#options.progress.start(`${plan.kind === 'ssh' ? 'connecting to' : 'booting'} ${plan.name}`)
    const started = performance.now()
    try {
      const surroundings = this.#surroundings()
      const machine = await bootMachine(plan, surroundings)
      if (machine.console) await makeKnown(machine, machine.console, surroundings)
      this.#options.onReady?.(machine)
      task.done(`ready after ${formatDuration(milliseconds(performance.now() - started))}`)
      return machine
    } catch (error) {
      task.done('failed')
      throw error
    }
  }

  #surroundings(): Surroundings {
    const { bootBudget, cache, evidenceDir, progress, toolchain } = this.#options
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

/** So that another program can enter it. Only machines with a console are ours to let anybody in. */
async function makeKnown(machine: Machine, console: Console, { stateDir }: Surroundings): Promise<void> {
  const { name, plan } = machine
  const bridge = bridgePath(stateDir)
  await openBridge(bridge, console, size => tellSize(machine, size))
  const identity = plan.kind === 'nixos-shell' && plan.sshd !== false ? plan.identityFile : undefined
  const address = identity === undefined ? undefined : await machine.reachable(22).catch(() => undefined)
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
