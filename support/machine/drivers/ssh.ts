/** Something that already runs. Its power is not ours, and when we leave it goes on as before. */
import { refuse } from '../../core/refusal.ts'
import type { Abilities } from '../abilities.ts'
import {
  oneOf,
  optional,
  parameters,
  passwordInUrl,
  passwordVariable,
  path,
  sudoPasswordVariable,
  unreadable,
} from '../address-parts.ts'
import type { AddressContext, MachineDriver, SshPlan } from '../machine.ts'

const EXAMPLE = 'NAME=ssh://user@host:port?identity=FILE&known-hosts=FILE&fingerprint=SHA256:…'
const PARAMETERS = ['identity', 'known-hosts', 'fingerprint', 'host-keys', 'sudo'] as const

export const LIVE_HOST: Abilities = {
  owner: 'live',
  bootable: false,
  keepable: false,
  takesMemory: false,
  guarded: true,
  entry: 'ssh',
}

export const ssh: MachineDriver<SshPlan> = {
  kind: 'ssh',
  addresses: { schemes: ['ssh'], example: EXAMPLE, read: sshPlan },
  async boot(plan, context) {
    const { connectSsh } = await import('./ssh-machine.ts')
    return connectSsh(plan, context)
  },
}

function sshPlan(name: string, text: string, { folder, env }: AddressContext): SshPlan {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.hostname === '' || !['', '/'].includes(url.pathname) || url.hash !== '')
    throw unreadable(`${name}=${text}`, EXAMPLE)
  if (url.password !== '') throw passwordInUrl(name)
  const given = parameters(name, url.search, PARAMETERS)
  const fingerprint = given.get('fingerprint')
  const hostKeys = oneOf(name, 'host-keys', given.get('host-keys'), ['accept-new'])
  const sudo = oneOf(name, 'sudo', given.get('sudo'), ['yes', 'no'])
  if (fingerprint !== undefined && !/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(fingerprint))
    throw badFingerprint(name, fingerprint)
  // An IPv6 address stands in brackets in a URL only.
  const host = decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1')
  const at = {
    host,
    ...optional('port', url.port === '' ? undefined : Number(url.port)),
    ...optional('user', decodeURIComponent(url.username) || undefined),
  }
  return {
    kind: 'ssh',
    name,
    abilities: LIVE_HOST,
    enter: enterBySsh(at),
    ...at,
    ...optional('identity', path(folder, given.get('identity'))),
    ...optional('knownHosts', path(folder, given.get('known-hosts'))),
    ...optional('fingerprint', fingerprint),
    ...optional('hostKeys', hostKeys),
    ...optional('sudo', sudo && sudo === 'yes'),
    ...optional('password', env[passwordVariable(name)]),
    ...optional('sudoPassword', env[sudoPasswordVariable(name)]),
  }
}

/** As its owner types it. */
function enterBySsh({ host, port, user }: Pick<SshPlan, 'host' | 'port' | 'user'>): string {
  return `ssh ${port === undefined ? '' : `-p ${port} `}${user === undefined ? '' : `${user}@`}${host}`
}

const badFingerprint = (name: string, got: string) =>
  refuse({
    what: `The host key fingerprint of machine "${name}" is not readable`,
    expected: 'SHA256: and 43 letters, as `ssh-keygen -lf KEY` prints it',
    got,
  })
