import { argv, type Command } from '../../core/command.ts'
import { ConnectionLost, type HostKey, NotSupported } from '../../core/errors.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import { seconds, shorter } from '../../core/time/duration.ts'
import { audited, type Done, type Sent } from '../../shell/audited.ts'
import { hearingRefusals } from '../../shell/hindrance.ts'
import type { Shell } from '../../shell/shell.ts'
import type { HostKeys } from '../../shell/ssh/host-key.ts'
import { type RouteOptions, resolveRoute } from '../../shell/ssh/route.ts'
import { SshShell } from '../../shell/ssh.ts'
import { probeTcpPort } from '../access/tcp-probe.ts'
import { passwordVariable, sudoPasswordVariable } from '../address-parts.ts'
import type { BootContext, Machine, MachineState, PortState, SshPlan, Transport } from '../machine.ts'

/** Connects; without a connection nothing is left behind. */
export async function connectSsh(
  plan: SshPlan,
  { deadline, progress, audit }: Pick<BootContext, 'deadline' | 'progress' | 'audit'>,
): Promise<Machine> {
  const machine = new SshMachine(plan, text => progress.note(text), audit)
  try {
    await machine.connect(deadline)
    return machine
  } catch (error) {
    await machine[Symbol.asyncDispose]()
    throw error
  }
}

const CONNECT_TIMEOUT = seconds(30)
const STATE_TIMEOUT = seconds(5)

class SshMachine implements Machine {
  readonly slowness = 1
  readonly bootedAt = 0
  readonly preferred = 'ssh'
  readonly nics = []
  readonly plan: SshPlan
  readonly #shell: Shell
  readonly #ssh: SshShell
  readonly #route: RouteOptions

  constructor(plan: SshPlan, note: (text: string) => void, audit?: (word: Sent | Done) => void) {
    this.plan = plan
    const { name: machine, sudo: demanded, hostKeys, sudoPassword, ...where } = plan
    const variables = [sudoPasswordVariable(machine), passwordVariable(machine)]
    const { looksOnly = false, ...there } = where
    this.#route = there
    const shell = SshShell.open({
      looksOnly,
      ...there,
      ...keysOf(plan),
      acceptNew: hostKeys === 'accept-new',
      note: text => note(`${machine}: ${text}`),
      ...(demanded === false ? {} : { sudo: { demanded, password: sudoPassword ?? plan.password, variables } }),
    })
    this.#ssh = shell
    const nets = looksOnly ? { nets: (command: Command) => shell.netsOf(command) } : {}
    const told = audit ? audited(shell, { machine, who: () => shell.who, ...nets, tell: audit }) : shell
    this.#shell = hearingRefusals(told, command => shell.restraint(command))
  }

  /** Which nets keep it from changes, once it is connected to. */
  get facts(): Readonly<Record<string, string>> {
    const net = this.#ssh.kernelNet
    if (!net) return { driver: 'ssh' }
    return {
      driver: 'ssh',
      nets: net.holds ? 'reader, kernel' : 'reader',
      ...(net.why === undefined ? {} : { noKernelNet: net.why }),
    }
  }

  get hostKey(): HostKey | undefined {
    return this.#ssh.hostKey
  }

  get name(): string {
    return this.plan.name
  }

  /** @throws EnvironmentBroken when there is no answer, or key or login is refused */
  async connect(deadline: Deadline): Promise<void> {
    await this.#shell.run(argv('true'), { attempt: shorter(CONNECT_TIMEOUT, deadline.remaining) })
  }

  async shell(via: Transport): Promise<Shell> {
    if (via === 'ssh') return this.#shell
    throw new NotSupported(`"${this.name}" is a live host: it is asked over ssh only, not over ${via}`)
  }

  async state(): Promise<MachineState> {
    try {
      await this.#shell.run(argv('true'), { attempt: STATE_TIMEOUT })
      return 'running'
    } catch (error) {
      if (error instanceof ConnectionLost) return 'lost'
      throw error
    }
  }

  async reachable(port: number): Promise<{ host: string; port: number }> {
    return { host: this.#way().host, port }
  }

  /** Where ssh's configuration says that the machine is: its alias is known to ssh only, and behind a jump host it is not to be seen from here. */
  async probePort(port: number, deadline: Deadline): Promise<PortState> {
    const { host, jump } = this.#way()
    if (jump === undefined) return probeTcpPort({ host, port }, deadline)
    return { unknown: `it is behind the jump host ${jump}: from this computer no port of it can be tried` }
  }

  #way(): { readonly host: string; readonly jump?: string } {
    const hops = resolveRoute(this.#route)
    const { host = this.plan.host } = hops.at(-1) ?? {}
    const [first, ...others] = hops
    return { host, ...(first && others.length > 0 && { jump: first.name }) }
  }

  async attachNic(): Promise<void> {
    throw new NotSupported(`"${this.name}" is a live host: no network card is plugged into it`)
  }

  async power(action: string): Promise<void> {
    throw new NotSupported(
      `"${this.name}" is a live host: it is not told to ${action}. Features that do so belong to a machine of their own: nixcumber run without --machine ${this.name}=ssh://…`,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#shell[Symbol.asyncDispose]()
  }
}

const keysOf = ({ fingerprint }: SshPlan): { readonly hostKeys?: HostKeys } =>
  fingerprint === undefined ? {} : { hostKeys: { kind: 'fingerprint', fingerprint } }
