/** How OpenSSH goes the way that the ssh driver goes, as ssh_config(5) has it. Pure. */
import { typeOf } from '../shell/ssh/known-hosts.ts'
import type { Hop } from '../shell/ssh/route.ts'

/** A host on the way, with the key that was found good. */
export interface KnownHop {
  readonly hop: Hop
  readonly key: Buffer
}

/** What ssh, Nix and nixos-rebuild call the target; the file of known hosts has it by this name, whatever its port. */
export const TARGET = 'nixcumber-target'

const aliasOf = (index: number, count: number): string => (index === count - 1 ? TARGET : `nixcumber-jump-${index + 1}`)

/** Nothing of the user's configuration is read beside it: what counts of that is in the hops. */
export function sshConfig(way: readonly KnownHop[], knownHosts: string): string {
  const hosts = way.map(({ hop }, i) => {
    const before = i === 0 ? [] : [`ProxyJump ${aliasOf(i - 1, way.length)}`]
    const alias = aliasOf(i, way.length)
    return block(`Host ${alias}`, [...placeOf(hop), `HostKeyAlias ${alias}`, ...before, ...keysOf(hop)])
  })
  return `${[...hosts, block('Host *', [...ALWAYS, `UserKnownHostsFile ${word(knownHosts)}`])].join('\n')}`
}

/** Only keys that were found good, each by the alias of its host (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export const knownHostsText = (way: readonly KnownHop[]): string =>
  way.map(({ key }, i) => `${aliasOf(i, way.length)} ${typeOf(key)} ${key.toString('base64')}\n`).join('')

const placeOf = ({ host, port, user }: Hop): string[] => [
  `HostName ${word(host)}`,
  `Port ${port}`,
  `User ${word(user)}`,
]

const keysOf = ({ identities, agent }: Hop): string[] => [
  ...(identities.length === 0 ? ['IdentityFile none'] : identities.map(file => `IdentityFile ${word(file)}`)),
  ...(agent === undefined ? ['IdentityAgent none', 'IdentitiesOnly yes'] : [`IdentityAgent ${word(agent)}`]),
]

/** A computer that is busy with its disks may say nothing for a while: a connection that is given up then leaves it half installed. */
const ALIVE = ['ServerAliveInterval 15', 'ServerAliveCountMax 12']

const ALWAYS = [
  ...['StrictHostKeyChecking yes', 'GlobalKnownHostsFile /dev/null', 'UpdateHostKeys no', 'CheckHostIP no'],
  ...['BatchMode yes', 'ForwardAgent no', 'ControlPath none', 'ControlMaster no'],
  ...['ConnectTimeout 30', ...ALIVE],
]

const block = (head: string, lines: readonly string[]): string =>
  `${head}\n${lines.map(line => `  ${line}\n`).join('')}`

/** ssh_config(5): arguments with blanks stand in double quotes; `%` begins a token. */
function word(text: string): string {
  const escaped = text.replaceAll('%', '%%')
  return /^[\w@%+:,./~-]+$/.test(escaped) ? escaped : `"${escaped.replace(/["\\]/g, '\\$&')}"`
}
