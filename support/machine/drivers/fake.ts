import assert from 'node:assert/strict'
import { type Answering, FakeShell } from '../../shell/fake.ts'
import { type Abilities, OWN_MACHINE } from '../abilities.ts'
import type {
  FakePlan,
  Machine,
  MachineDriver,
  MachineSnapshots,
  MachineState,
  PortState,
  PowerAction,
} from '../machine.ts'
import type { Nic } from '../qemu/nic.ts'

/** A machine of a run that needs nothing of this computer. */
export const FAKE: Abilities = { ...OWN_MACHINE, takesMemory: false }

/** A machine of nothing but answers, for tests of what stands above machines. It holds the same contract as the real ones. */
export const fake: MachineDriver<FakePlan> = {
  kind: 'fake',
  async boot(plan) {
    if (plan.failure) throw plan.failure
    return new FakeMachine(plan)
  },
}

const BOOT_ID = 'cat /proc/sys/kernel/random/boot_id'

export class FakeMachine implements Machine {
  readonly plan: FakePlan
  readonly facts = { driver: 'fake' }
  readonly slowness = 1
  readonly bootedAt = 0
  readonly preferred = 'serial'
  readonly #shell: FakeShell
  readonly snapshots: MachineSnapshots
  #state: MachineState = 'running'
  readonly #nics = new Set<string>()
  #boots = 1

  constructor(plan: FakePlan) {
    this.plan = { abilities: FAKE, ...plan }
    const answering: Answering = plan.answering ?? (() => ({}))
    const saved = new Map<string, number>()
    this.snapshots = {
      has: name => saved.has(name),
      save: async name => void saved.set(name, this.#boots),
      warmUp: () => {},
      restore: async name => {
        this.#boots = saved.get(name) ?? assert.fail(`no state "${name}" was saved`)
        this.become('running')
      },
    }
    this.#shell = new FakeShell((command, limits) =>
      command.script === BOOT_ID ? { stdout: `boot-${this.#boots}\n` } : answering(command, limits),
    )
  }

  get name(): string {
    return this.plan.name
  }

  async shell(): Promise<FakeShell> {
    return this.#shell
  }

  async state(): Promise<MachineState> {
    return this.#state
  }

  async reachable(port: number): Promise<{ host: string; port: number }> {
    return { host: '127.0.0.1', port }
  }

  async probePort(port: number): Promise<PortState> {
    return this.plan.openPorts?.includes(port) ? 'open' : (this.plan.otherPorts ?? 'closed')
  }

  get nics(): readonly string[] {
    return [...this.#nics]
  }

  async attachNic({ id }: Nic): Promise<void> {
    this.#nics.add(id)
  }

  async power(action: PowerAction): Promise<void> {
    if (action === 'boot' && this.#state === 'running') return
    const goesOff = action === 'shutdown' || action === 'crash'
    this.become(goesOff ? 'off' : 'running')
    if (!goesOff) this.#boots += 1
    this.#nics.clear()
  }

  /** What happens to a machine unasked. */
  become(state: MachineState): void {
    this.#state = state
    if (state === 'running') this.#shell.mend()
    else this.#shell.sever()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.become('off')
  }
}
