import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { argv } from '../core/command.ts'
import { seconds } from '../core/time/duration.ts'
import { ConsoleShell } from './console-login.ts'
import { Loopback } from './loopback.ts'
import { SerialShell } from './serial.ts'
import type { Shell } from './shell.ts'
import { PrivateSshd } from './ssh/private-sshd.ts'
import { SshShell } from './ssh.ts'
import { Getty } from './testing/getty.ts'

export interface RoundTrip {
  readonly what: string
  readonly medianMs: number
}

/** What one command (`true`) costs by each way in, on the runner itself: the line and our part of it, without a machine. */
export async function roundTrips(count = 200): Promise<RoundTrip[]> {
  const rows: RoundTrip[] = []
  const add = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    await work()
    rows.push({ what, medianMs: await median(count, work) })
  }
  const command = argv('true')
  const ask = (shell: Shell) => () => shell.run(command, { attempt: seconds(30) })
  {
    await using loopback = await Loopback.start()
    await using serial = SerialShell.open({ socketPath: loopback.socketPath })
    await add('serial', ask(serial))
  }
  if (Getty.isPossible) {
    await using getty = await Getty.start()
    await using console = ConsoleShell.open({ console: getty.console, login: { user: 'root' } })
    await add('console login', ask(console))
  }
  if (PrivateSshd.isInstalled) {
    // SHLVL=2 keeps the login shell from reading the rc files of the user who runs this (bash(1), "invoked by a remote shell daemon")
    await using sshd = await PrivateSshd.start(['SetEnv SHLVL=2'])
    const { user, port, identity, fingerprint } = sshd
    const where = { host: '127.0.0.1', port, user, identity, config: '', env: {} }
    await using ssh = SshShell.open({ ...where, hostKeys: { kind: 'fingerprint', fingerprint } })
    await add('ssh', ask(ssh))
    await add('the ssh program with ControlMaster', controlMaster(sshd))
  }
  return rows
}

function controlMaster({ folder, port, user, identity }: PrivateSshd): () => Promise<unknown> {
  const settings = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
    'ControlMaster=auto',
    `ControlPath=${join(folder, 'master')}`,
    'ControlPersist=30',
  ]
  const words = [
    '-n',
    '-i',
    identity,
    '-p',
    String(port),
    ...settings.flatMap(one => ['-o', one]),
    `${user}@127.0.0.1`,
    'true',
  ]
  return () => promisify(execFile)('ssh', words)
}

async function median(count: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(count / 2)] ?? Number.NaN
}
