/** A connection to the target by its announced key alone, as its owner or as the installer's root. */
import { EnvironmentBroken } from '../../core/errors.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { seconds } from '../../core/time/duration.ts'
import type { BootContext, SshPlan } from '../../machine/machine.ts'
import { bootMachine } from '../../machine/pool/driver-registry.ts'
import type { Shell } from '../../shell/shell.ts'
import type { OwnSsh } from '../own-ssh.ts'

export type Telling = Pick<BootContext, 'progress' | 'audit' | 'cache'>

const CONNECT = seconds(30)

/** By no other key than the one that was announced. */
export function pinned(
  { knownHosts: _, hostKeys: __, ...plan }: SshPlan,
  { fingerprint }: Pick<OwnSsh, 'fingerprint'>,
): SshPlan {
  return { ...plan, fingerprint }
}

/** Installers let root in, by the keys of whom they were started by. */
export const asRoot = (plan: SshPlan, ssh: Pick<OwnSsh, 'fingerprint'>): SshPlan => ({
  ...pinned(plan, ssh),
  ...{ user: 'root', sudo: false },
})

/** Disposing of it ends the connection. @throws EnvironmentBroken when there is no answer, or key or login is refused */
export async function connect(plan: SshPlan, { progress, cache, audit }: Telling): Promise<Shell> {
  const machine = await bootMachine(plan, {
    ...{ progress, cache, runtimeDir: '', evidenceDir: '', deadline: Deadline.after(CONNECT) },
    machineTools: () => Promise.reject(new EnvironmentBroken('A target is not booted')),
    ...(audit ? { audit } : {}),
  })
  return machine.shell('ssh')
}
