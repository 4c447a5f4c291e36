/** OpenSSH for other programs, on the way that the ssh driver goes: the same hosts, ports, users, keys, and the host keys that it has found good. */
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quote } from '../core/command.ts'
import { EnvironmentBroken } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { seconds } from '../core/time/duration.ts'
import type { SshPlan } from '../machine/machine.ts'
import { SshConnection } from '../shell/ssh/connection.ts'
import type { HostKeys } from '../shell/ssh/host-key.ts'
import { fingerprintOf } from '../shell/ssh/known-hosts.ts'
import { type Hop, resolveRoute } from '../shell/ssh/route.ts'
import { type KnownHop, knownHostsText, sshConfig, TARGET } from './ssh-config.ts'

export interface OwnSsh extends Disposable {
  /** Of the target's host key, as it was when first looked at. */
  readonly fingerprint: string
  /** `root@192.0.2.4:22`. */
  readonly address: string
  /** The user who logs in. */
  readonly user: string
  /** Arguments for ssh; the host is then `nixcumber-target`. Without blanks, as NIX_SSHOPTS wants them. */
  readonly options: readonly string[]
  /** Known hosts: jumps and target by alias. */
  readonly knownHosts: string
  /** Folder with a program `ssh` that puts these options first, for what must be tricked into them by PATH. */
  readonly bin: string
  /** Where Nix finds the target's store. */
  readonly store: string
}

const CONNECT = seconds(30)

/**
 * Connects once, to see and judge the keys of all hosts on the way. Folder and files are the user's own, and go with it.
 * @throws EnvironmentBroken for a host key that is unknown or another, and where there is no way in; UsageError for a login by password
 */
export async function openOwnSsh(plan: SshPlan): Promise<OwnSsh> {
  if (plan.password !== undefined) throw byPassword(plan.name)
  const way = await lookAtKeys(plan)
  const last = way.at(-1)
  if (last === undefined) throw new EnvironmentBroken(`Nothing leads to ${plan.name}`)
  const folder = await mkdtemp(join(tmpdir(), 'nixcumber-ssh-'))
  const clean = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', clean)
  const { user, host, port } = last.hop
  return {
    ...{ user, fingerprint: fingerprintOf(last.key), address: `${user}@${host}:${port}` },
    ...write(folder, way),
    store: `ssh-ng://${TARGET}`,
    [Symbol.dispose]() {
      process.off('exit', clean)
      clean()
    },
  }
}

async function lookAtKeys(plan: SshPlan): Promise<readonly KnownHop[]> {
  const route = resolveRoute(plan)
  const keys = new Map<Hop, Buffer>()
  const hostKeys: HostKeys =
    plan.fingerprint === undefined
      ? { kind: 'known-hosts', files: route.at(-1)?.knownHosts ?? [] }
      : { kind: 'fingerprint', fingerprint: plan.fingerprint }
  const login = { hostKeys, seen: (hop: Hop, key: Buffer) => void keys.set(hop, key) }
  const connection = await SshConnection.open(route, login, CONNECT)
  connection.close()
  return route.map(hop => {
    const key = keys.get(hop)
    if (key === undefined) throw new EnvironmentBroken(`The host key of ${hop.name} was not seen`)
    return { hop, key }
  })
}

function write(folder: string, way: readonly KnownHop[]): Pick<OwnSsh, 'options' | 'knownHosts' | 'bin'> {
  const [config, knownHosts] = [join(folder, 'config'), join(folder, 'known_hosts')]
  writeFileSync(knownHosts, knownHostsText(way), { mode: 0o600 })
  writeFileSync(config, sshConfig(way, knownHosts), { mode: 0o600 })
  const options = ['-F', config]
  // ssh takes the first word of several (ssh_config(5)): what a caller says of host keys afterwards has no effect.
  const first = [...options, '-o', 'StrictHostKeyChecking=yes', '-o', `UserKnownHostsFile=${knownHosts}`]
  const program = join(folder, 'ssh')
  writeFileSync(program, `#!/bin/sh\n${FIND}exec "$real" ${first.map(quote).join(' ')} "$@"\n`)
  chmodSync(program, 0o700)
  return { options, knownHosts, bin: folder }
}

/** The next `ssh` in PATH behind this folder. */
const FIND = `real= self=$(dirname "$0")
IFS=:
for folder in $PATH; do
  [ "$folder" = "$self" ] || [ ! -x "$folder/ssh" ] || { real=$folder/ssh; break; }
done
unset IFS
[ -n "$real" ] || { echo "there is no ssh in PATH" >&2; exit 127; }
`

const byPassword = (name: string) =>
  refuse({
    what: `Host "${name}" lets in by a password: Nix and nixos-rebuild can type none`,
    expected: 'a key, in a file or in the agent',
    next: 'ssh-copy-id, then call without the password in the environment',
  })
