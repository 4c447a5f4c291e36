/**
 * Programs that stand before OpenSSH's own in PATH. nixos-anywhere asks ssh to believe any host key, and puts that before what its user asks for
 * (nixos-anywhere issue 552); of an option that is given twice, ssh takes the first (ssh_config(5)). So ours have to come before both.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sh } from '../../../core/command.ts'
import type { OwnSsh } from '../../own-ssh.ts'

/** What of OpenSSH reaches the target, by itself or by the ssh that it starts. Each takes `-F` and `-o`. */
const PROGRAMS = ['ssh', 'scp', 'sftp', 'ssh-copy-id'] as const

export interface First {
  /** For PATH, before all others. */
  readonly bin: string
  /** Each call by them, a line each. */
  readonly calls: string
}

/** @param folder of the run, empty. @param options of OpenSSH, which then win over whatever is said after them */
export async function sshFirst(folder: string, options: readonly string[]): Promise<First> {
  const [bin, calls] = [join(folder, 'bin'), join(folder, 'calls')]
  await mkdir(bin, { recursive: true, mode: 0o700 })
  await writeFile(calls, '', { mode: 0o600 })
  for (const program of PROGRAMS)
    await writeFile(join(bin, program), script(program, { bin, calls }, options), { mode: 0o700 })
  return { bin, calls }
}

/** Those with which OpenSSH reaches the target, and no other host. */
export const onlyTarget = ({ options, knownHosts }: Pick<OwnSsh, 'options' | 'knownHosts'>): string[] => [
  ...options,
  ...['-o', `UserKnownHostsFile=${knownHosts}`],
  ...CHECKED,
]

/** What is checked, whatever is said after it. */
const CHECKED = Object.entries({
  StrictHostKeyChecking: 'yes',
  GlobalKnownHostsFile: '/dev/null',
  CheckHostIP: 'no',
  UpdateHostKeys: 'no',
  VerifyHostKeyDNS: 'no',
  NoHostAuthenticationForLocalhost: 'no',
  // A connection that stands already was checked by other rules.
  ControlPath: 'none',
  // Nothing asks where no answer comes from.
  BatchMode: 'yes',
}).flatMap(([name, value]) => ['-o', `${name}=${value}`])

/** What it starts is OpenSSH's own by its path: then jumps, too, are ssh's own affair. */
const script = (program: string, { bin, calls }: First, options: readonly string[]): string =>
  sh`#!/bin/sh
set -eu
own=${bin}
path=:$PATH:
while :; do
  case $path in
    *":$own:"*) path=\${path%%":$own:"*}:\${path#*":$own:"} ;;
    *) break ;;
  esac
done
# An empty word in PATH is the folder that one is in.
path=\${path#:}
path=\${path%:}
real=$(PATH=$path; command -v ${program}) || { echo ${`there is no ${program} in PATH`} >&2; exit 127; }
echo ${program} "$*" >>${calls}
exec "$real" ${options} "$@"
`.script
