import { NotSupported } from '../../core/errors.ts'
import { rows } from '../../core/text.ts'
import { hearingRefusals } from '../../shell/hindrance.ts'
import type { Shell } from '../../shell/shell.ts'
import { HostKeyPin } from '../../shell/ssh/host-key.ts'
import { SshShell } from '../../shell/ssh.ts'

export interface VmSsh {
  /** The port on the runner's loopback that leads to the machine's sshd. */
  readonly port: number
  readonly user: string
  readonly identity?: string | undefined
  readonly password?: string | undefined
}

/** Over ssh into a machine that this run has booted: the user's own configuration has no say, and its first host key is pinned. */
export function openVmSsh({ port, user, identity, password }: VmSsh): Shell {
  const shell = SshShell.open({
    host: '127.0.0.1',
    port,
    user,
    config: '',
    env: {},
    hostKeys: { kind: 'pinned', pin: new HostKeyPin() },
    ...(identity === undefined ? {} : { identity }),
    ...(password === undefined ? {} : { password }),
  })
  return hearingRefusals(shell, command => shell.restraint(command))
}

/** A host without sshd, or one that lets root not in, is as it is: the harness does not change what is judged. */
export function refuseClosedSsh(
  name: string,
  { sshd, rootLogin }: { sshd?: boolean | undefined; rootLogin?: string | undefined },
): void {
  if (sshd === false)
    throw new NotSupported(
      `Machine "${name}" cannot be asked over ssh: its host has no sshd${rows({
        Expected: 'services.openssh.enable = true in the host',
        Next: 'ask it over serial, which needs nothing of the host: --over serial',
      })}`.trimEnd(),
    )
  if (rootLogin === 'no')
    throw new NotSupported(
      `Machine "${name}" cannot be asked over ssh: its host does not let root in${rows({
        Expected: 'services.openssh.settings.PermitRootLogin other than "no"',
        Next: 'ask it over serial, which needs nothing of the host: --over serial',
      })}`.trimEnd(),
    )
}
