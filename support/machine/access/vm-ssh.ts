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
