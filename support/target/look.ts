/** One look at a target, over a connection of its own: it is looked at only. */
import { EnvironmentBroken, type HostKey } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { Deadline } from '../core/time/deadline.ts'
import { seconds } from '../core/time/duration.ts'
import type { BootContext, Machine, MachinePlan, SshPlan } from '../machine/machine.ts'
import { bootMachine, parseMachineUrl } from '../machine/pool/driver-registry.ts'
import { targetCommand } from './facts.ts'

/** Under which it is told, and passwords for it are found in the environment (NIXCUMBER_PASSWORD_TARGET). */
export const TARGET = 'target'

/** `ssh://[user@]host[:port]`, with the parameters of `--machine`. @throws UsageError for anything else */
export function readTarget(address: string, folder: string): SshPlan {
  const plan = parseMachineUrl(`${TARGET}=${address}`, { folder, env: process.env })
  if (isSsh(plan)) return { ...plan, looksOnly: true }
  throw refuse({
    what: '--target is no machine that can be looked at',
    expected: 'ssh://[user@]host[:port]',
    got: address,
  })
}

const isSsh = (plan: MachinePlan): plan is SshPlan => plan.kind === 'ssh'

/** What one look at a target has seen. */
export interface TargetLook {
  /** `root@192.0.2.4:2222`. */
  readonly address: string
  /** ISO. */
  readonly looked: string
  readonly hostKey?: HostKey
  /** What `targetCommand` printed. */
  readonly said: Buffer
}

const CONNECT = seconds(60)
/** Each of its tools has ten seconds. */
const LOOK = seconds(90)

/** @throws EnvironmentBroken when it cannot be reached, and for a host key that is unknown or another */
export async function lookAtTarget(
  plan: SshPlan,
  { progress, audit, cache }: Pick<BootContext, 'progress' | 'audit' | 'cache'>,
): Promise<TargetLook> {
  const task = progress.start('looking at the target', 'connection')
  try {
    await using machine = await bootMachine(plan, {
      ...{ progress, cache, runtimeDir: '', evidenceDir: '', deadline: Deadline.after(CONNECT) },
      machineTools: () => Promise.reject(new EnvironmentBroken('A target is not booted')),
      ...(audit ? { audit } : {}),
    })
    return await look(machine, plan)
  } finally {
    task.done()
  }
}

async function look(machine: Machine, plan: SshPlan): Promise<TargetLook> {
  const shell = await machine.shell('ssh')
  const { stdout, exitCode } = await shell.run(targetCommand(), { attempt: LOOK })
  if (stdout.length === 0)
    throw new EnvironmentBroken(`The target could not be looked at: its shell ended with exit code ${exitCode}`)
  const { hostKey } = machine
  return {
    address: shown(plan),
    looked: new Date().toISOString(),
    ...(hostKey === undefined ? {} : { hostKey }),
    said: stdout,
  }
}

const shown = ({ user, host, port }: SshPlan): string =>
  `${user === undefined ? '' : `${user}@`}${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`
