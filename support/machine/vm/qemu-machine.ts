import type { Console } from '../../console/console.ts'
import type { Deadline } from '../../core/deadline.ts'
import type { Shell } from '../../shell/shell.ts'
import { QemuHardware } from '../display/qemu-hardware.ts'
import {
  type Knock,
  type Machine,
  type MachinePlan,
  type MachineState,
  type PowerAction,
  READY,
  type Via,
} from '../machine.ts'
import type { Nic } from '../qemu/nic.ts'
import { greet } from '../snapshot/resume.ts'
import type { SavedState } from '../snapshot/snapshot-files.ts'
import { findBootTrouble } from './boot-trouble.ts'
import { powerActions } from './power-actions.ts'
import { slownessOf } from './slowness.ts'
import { MachineStates } from './snapshots.ts'
import { QemuPower, type QemuPowerParts } from './vm-runtime.ts'

/** What a driver has put together before there is a machine. */
export interface QemuMachineParts extends QemuPowerParts {
  readonly plan: MachinePlan
  readonly facts: Readonly<Record<string, string | number>>
}

/** A machine in a QEMU of ours; the same for every driver that has one. Switched off it keeps its disk and its ports. */
export class QemuMachine implements Machine {
  readonly facts: Readonly<Record<string, string | number>>
  readonly slowness: number
  readonly hardware: QemuHardware
  readonly #parts: QemuMachineParts
  readonly states: MachineStates
  readonly #power: QemuPower

  private constructor(parts: QemuMachineParts, power: QemuPower, secondsToReady: number) {
    this.#parts = parts
    this.#power = power
    this.states = new MachineStates(power, secondsToReady)
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
    const power = await QemuPower.on(parts, deadline)
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
   * @throws EnvironmentBroken when it cannot be woken
   */
  static async wake(
    parts: QemuMachineParts,
    state: SavedState,
    deadline: Deadline,
    signal?: AbortSignal,
  ): Promise<QemuMachine> {
    const { about } = state
    const power = await QemuPower.woken(parts, state, deadline, signal)
    try {
      await greet(await power.entrance.shell(power.entrance.preferred), state, deadline)
    } catch (error) {
      await power.end()
      throw error
    }
    const facts = { ...parts.facts, savedAt: new Date(about.savedAt).toISOString() }
    const machine = new QemuMachine({ ...parts, facts }, power, about.secondsToReady)
    machine.states.adopt(READY, state, { bootedAt: 0, position: parts.console.position })
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
    return this.#power.scene.from
  }

  get preferred(): Via {
    return this.#power.entrance.preferred
  }

  shell(via: Via): Promise<Shell> {
    return this.#power.entrance.shell(via)
  }

  get loss(): string | undefined {
    const { end } = this.#power.qemu
    return end?.by === 'died' ? end.how : undefined
  }

  whenGone(listener: () => void): () => void {
    return this.#power.whenGone(listener)
  }

  async state(): Promise<MachineState> {
    const { end } = this.#power.qemu
    if (end) return end.by === 'died' ? 'lost' : 'off'
    const { console, from } = this.#power.scene
    return findBootTrouble(console.since(from))?.what === 'panicked' ? 'panicked' : 'running'
  }

  async reachable(port: number): Promise<{ host: string; port: number }> {
    return { host: '127.0.0.1', port: await this.#power.network.forward(port) }
  }

  knock(port: number, deadline: Deadline): Promise<Knock> {
    return this.#power.network.knock(port, deadline)
  }

  get plugged(): readonly string[] {
    return this.#power.nics.plugged
  }

  plug(nic: Nic): Promise<void> {
    return this.#power.nics.plug(nic)
  }

  power(action: PowerAction, deadline: Deadline): Promise<void> {
    return powerActions(this.#power)[action](deadline)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#power.end()
    await this.states[Symbol.asyncDispose]()
  }
}
