import { deferred } from '../../core/deferred.ts'
import { onDispose } from '../../core/on-dispose.ts'
import type { Progress } from '../../core/progress.ts'
import { asSurroundings } from '../../core/system-error.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { type Duration, formatDuration, milliseconds } from '../../core/time/duration.ts'
import type { HandedFile } from '../../core/values/guest-file.ts'
import type { MachineTools } from '../../nix/toolchain.ts'
import type { ToolsNeed } from '../../nix/tools/find-machine-tools.ts'
import type { Done, Sent } from '../../shell/audited.ts'
import { isLivePlan } from '../abilities.ts'
import type { BootContext, Machine, MachinePlan } from '../machine.ts'
import { IN_MEMORY, requireRoomInMemory } from '../room-in-memory.ts'
import { RuntimeDir, removeFolder, sweep } from '../runtime/runtime-dir.ts'
import { bootMachine } from './driver-registry.ts'
import { publishMachine } from './publish.ts'

export interface StarterOptions {
  readonly progress: Progress
  /** Console transcripts go here; they outlive the machines. */
  readonly evidenceDir: string
  /** Told of each command that was sent to a live host. */
  audit?(word: Sent | Done): void
  readonly cache: string
  /** How long a machine may take until it is ready. */
  readonly bootBudget: Duration
  machineTools(need: ToolsNeed): Promise<MachineTools>
  /** What is put into the machine of this name before its activation. */
  handed?(machine: string): readonly HandedFile[]
  /** Told of each machine as soon as it is ready, for the record. */
  onReady?(machine: Machine): void
}

/** Boots a run's machines, or connects to them, each in a folder of its own that goes with the run. */
export class MachineStarter implements AsyncDisposable {
  readonly #options: StarterOptions
  readonly #over: AbortSignal
  #state: RuntimeDir | undefined
  /** For machines of which nothing may reach a disk. */
  #memory: RuntimeDir | undefined

  /** @param over the run is over: nothing is started any more */
  constructor(options: StarterOptions, over: AbortSignal) {
    this.#options = options
    this.#over = over
  }

  async start(plan: MachinePlan, anew: boolean): Promise<Machine> {
    this.#over.throwIfAborted()
    const { progress } = this.#options
    const task = isLivePlan(plan)
      ? progress.start(`connecting to ${plan.name}`, 'connection')
      : progress.start(`booting ${plan.name}`)
    const started = performance.now()
    try {
      const machine = await this.#boot(plan, anew)
      task.done(`ready after ${formatDuration(milliseconds(performance.now() - started))}`)
      return machine
    } catch (error) {
      task.done('failed')
      throw asSurroundings(error, `Machine "${plan.name}" could not be booted`)
    }
  }

  /** Nothing of a machine that is not handed out stays behind; nor of one that has ended, though the run goes on. */
  async #boot(plan: MachinePlan, anew: boolean): Promise<Machine> {
    const { context, clear } = this.#context(plan, anew)
    let machine: Machine | undefined
    try {
      const booting = bootMachine(plan, context)
      machine = onDispose(await (isLivePlan(plan) ? raceWithAbort(booting, this.#over) : booting), clear)
      if (machine.console) onDispose(machine, await publishMachine(machine, machine.console, context))
      this.#options.onReady?.(machine)
      return machine
    } catch (error) {
      await (machine ? machine[Symbol.asyncDispose]() : clear())
      throw error
    }
  }

  #context(plan: MachinePlan, anew: boolean): { readonly context: BootContext; clear(): Promise<void> } {
    const { audit, bootBudget, cache, evidenceDir, progress, machineTools, handed } = this.#options
    const makeFolder = (): string => (plan.files?.length ? this.#memoryDir(plan) : this.stateDir).forMachine()
    let folder: string | undefined
    const context: BootContext = {
      // Made only for drivers that ask: something that already runs needs none.
      get runtimeDir() {
        folder ??= makeFolder()
        return folder
      },
      evidenceDir,
      deadline: Deadline.after(bootBudget),
      signal: this.#over,
      progress,
      machineTools,
      cache,
      coldBoot: anew,
      handed: handed?.(plan.name) ?? [],
      ...(audit ? { audit } : {}),
    }
    return { context, clear: async () => (folder === undefined ? undefined : removeFolder(folder)) }
  }

  /** Made when first asked for. */
  get stateDir(): RuntimeDir {
    if (this.#state) return this.#state
    const swept = sweep()
    if (swept.length > 0) this.#options.progress.note(`removed what an earlier run left: ${swept.join(', ')}`)
    this.#state = RuntimeDir.create()
    return this.#state
  }

  #memoryDir({ name }: MachinePlan): RuntimeDir {
    requireRoomInMemory(name, IN_MEMORY)
    this.#memory ??= RuntimeDir.create(IN_MEMORY)
    return this.#memory
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#memory?.[Symbol.asyncDispose]()
    await this.#state?.[Symbol.asyncDispose]()
  }
}

/** A connection attempt cannot be aborted: what comes of it later is closed at once. */
async function raceWithAbort(booting: Promise<Machine>, signal: AbortSignal): Promise<Machine> {
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
