import type { Console } from '../../console/console.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import type { Shell } from '../../shell/shell.ts'
import { QemuHardware } from '../display/qemu-hardware.ts'
import {
  type Machine,
  type MachinePlan,
  type MachineState,
  type PortState,
  type PowerAction,
  READY,
  type Transport,
} from '../machine.ts'
import type { Nic } from '../qemu/nic.ts'
import { verifyAndSyncClock } from '../snapshot/resume.ts'
import type { SnapshotFiles } from '../snapshot/snapshot-files.ts'
import { findBootTrouble } from './boot-trouble.ts'
import { powerActions } from './power-actions.ts'
import { slownessOf } from './slowness.ts'
import { Snapshots } from './snapshots.ts'
import type { VmRuntimeParts } from './vm-parts.ts'
import { VmRuntime } from './vm-runtime.ts'

/** What a driver has put together before there is a machine. */
export interface QemuMachineParts extends VmRuntimeParts {
  readonly plan: MachinePlan
  readonly facts: Readonly<Record<string, string | number>>
}

/** A machine in a QEMU of ours; the same for every driver that has one. Switched off it keeps its disk and its ports. */
export class QemuMachine implements Machine {
  readonly facts: Readonly<Record<string, string | number>>
  readonly slowness: number
  readonly hardware: QemuHardware
  readonly #parts: QemuMachineParts
  readonly snapshots: Snapshots
  readonly #runtime: VmRuntime

  private constructor(parts: QemuMachineParts, power: VmRuntime, secondsToReady: number) {
    this.#parts = parts
    this.#runtime = power
    this.snapshots = new Snapshots(power, secondsToReady)
    this.hardware = new QemuHardware(parts.plan.name, power)
    this.facts = { ...parts.facts, secondsToReady: Math.round(secondsToReady * 10) / 10 }
    this.slowness = slownessOf({ accelerated: parts.launch.kvm, secondsToReady })
  }

  /**
   * Starts QEMU and waits until the machine says that it is ready.
   * @throws ConfigurationBroken when it panics, stops or is never ready; EnvironmentBroken when QEMU itself fails
   */
  static async boot(parts: QemuMachineParts, deadline: Deadline, signal?: AbortSignal): Promise<QemuMachine> {
    const start = deadline.elapsed.ms
    const power = await VmRuntime.boot(parts, deadline)
    const giveUp = (): void => void power.end()
    signal?.addEventListener('abort', giveUp)
    try {
      signal?.throwIfAborted()
      await power.untilReady(deadline)
    } catch (error) {
      await power.end()
      throw signal?.aborted ? signal.reason : error
    } finally {
      signal?.removeEventListener('abort', giveUp)
    }
    return new QemuMachine(parts, power, (deadline.elapsed.ms - start) / 1000)
  }

  /**
   * The machine as it was saved, perhaps by another run: as `READY`.
   * @throws EnvironmentBroken when it cannot be resumed
   */
  static async resume(
    parts: QemuMachineParts,
    state: SnapshotFiles,
    deadline: Deadline,
    signal?: AbortSignal,
  ): Promise<QemuMachine> {
    const { about } = state
    const power = await VmRuntime.resumed(parts, state, deadline, signal)
    try {
      await verifyAndSyncClock(await power.shell(), state, deadline)
    } catch (error) {
      await power.end()
      throw error
    }
    const facts = { ...parts.facts, savedAt: new Date(about.savedAt).toISOString() }
    const machine = new QemuMachine({ ...parts, facts }, power, about.secondsToReady)
    machine.snapshots.register(READY, state, { bootedAt: 0, position: parts.console.position })
    return machine
  }

  get name(): string {
    return this.plan.name
  }

  get plan(): MachinePlan {
    return this.#parts.plan
  }

  get console(): Console {
    return this.#parts.console
  }

  get bootedAt(): number {
    return this.#runtime.bootScene.from
  }

  get preferred(): Transport {
    return this.#runtime.access.preferred
  }

  shell(via: Transport): Promise<Shell> {
    return this.#runtime.shell(via)
  }

  get exitReason(): string | undefined {
    const { qemuEnd: end } = this.#runtime
    return end?.by === 'died' ? end.how : undefined
  }

  onExit(listener: () => void): () => void {
    return this.#runtime.onExit(listener)
  }

  async state(): Promise<MachineState> {
    const { qemuEnd: end } = this.#runtime
    if (end) return end.by === 'died' ? 'lost' : 'off'
    const { console, from } = this.#runtime.bootScene
    return findBootTrouble(console.since(from))?.what === 'panicked' ? 'panicked' : 'running'
  }

  async reachable(port: number): Promise<{ host: string; port: number }> {
    return { host: '127.0.0.1', port: await this.#runtime.network.forward(port) }
  }

  probePort(port: number, deadline: Deadline): Promise<PortState> {
    return this.#runtime.network.probePort(port, deadline)
  }

  get nics(): readonly string[] {
    return this.#runtime.nics.plugged
  }

  attachNic(nic: Nic): Promise<void> {
    return this.#runtime.nics.plug(nic)
  }

  power(action: PowerAction, deadline: Deadline): Promise<void> {
    return powerActions(this.#runtime)[action](deadline)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#runtime.end()
    await this.snapshots[Symbol.asyncDispose]()
  }
}
