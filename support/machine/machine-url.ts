import { resolve } from 'node:path'
import { refuse } from '../core/refusal.ts'
import type { ImagePlan, MachinePlan, SshPlan } from './machine.ts'

const EXAMPLE =
  'NAME=ssh://user@host:port?identity=FILE&known-hosts=FILE&fingerprint=SHA256:…, NAME=run:SCRIPT or NAME=image:FOLDER'
const SSH_PARAMETERS = ['identity', 'known-hosts', 'fingerprint', 'host-keys', 'sudo'] as const
const LOGIN_PARAMETERS = ['user', 'identity'] as const
const KINDS = ['ssh', 'run', 'image'] as const
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/

/** Where relative paths start, and where passwords come from: never from the command line, which everybody can read. */
export interface UrlSurroundings {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Reads `NAME=URL` of `--machine`.
 * @throws UsageError that names the nearest right word
 */
export function parseMachineUrl(text: string, surroundings: UrlSurroundings): MachinePlan {
  const [, name = '', url = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? []
  if (url === '' || !NAME.test(name)) throw unreadable(text)
  const [, kind = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(url) ?? []
  if (kind === 'ssh') return sshPlan(name, url, surroundings)
  if (kind === 'run' || kind === 'image') return imagePlan(name, kind, rest, surroundings)
  throw refuse({
    what: `Machine "${name}" is given by a kind of address that is not known`,
    expected: EXAMPLE,
    got: kind || url,
    known: KINDS,
  })
}

/** A parameter with so many words and no others. */
function oneOf<Word extends string>(name: string, key: string, got: string | undefined, known: readonly Word[]) {
  const found = known.find(word => word === got)
  if (got !== undefined && found === undefined)
    throw refuse({ what: `The address of machine "${name}" has a "${key}" that is not known`, got, known })
  return found
}

/** `web-1` asks for NIXCUMBER_SUDO_PASSWORD_WEB_1, then for the password one logs in by. */
export const sudoPasswordVariable = (name: string): string =>
  passwordVariable(name).replace('_PASSWORD_', '_SUDO_PASSWORD_')

/** `web-1` asks for NIXCUMBER_PASSWORD_WEB_1. */
export const passwordVariable = (name: string): string =>
  `NIXCUMBER_PASSWORD_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`

function sshPlan(name: string, text: string, { folder, env }: UrlSurroundings): SshPlan {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.hostname === '' || !['', '/'].includes(url.pathname) || url.hash !== '')
    throw unreadable(`${name}=${text}`)
  if (url.password !== '') throw passwordInUrl(name)
  const given = parameters(name, url.search, SSH_PARAMETERS)
  const fingerprint = given.get('fingerprint')
  const hostKeys = oneOf(name, 'host-keys', given.get('host-keys'), ['accept-new'])
  const sudo = oneOf(name, 'sudo', given.get('sudo'), ['yes', 'no'])
  if (fingerprint !== undefined && !/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(fingerprint))
    throw badFingerprint(name, fingerprint)
  return {
    kind: 'ssh',
    name,
    // An IPv6 address stands in brackets in a URL only.
    host: decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1'),
    ...optional('port', url.port === '' ? undefined : Number(url.port)),
    ...optional('user', decodeURIComponent(url.username) || undefined),
    ...optional('identity', path(folder, given.get('identity'))),
    ...optional('knownHosts', path(folder, given.get('known-hosts'))),
    ...optional('fingerprint', fingerprint),
    ...optional('hostKeys', hostKeys),
    ...optional('sudo', sudo && sudo === 'yes'),
    ...optional('password', env[passwordVariable(name)]),
    ...optional('sudoPassword', env[sudoPasswordVariable(name)]),
  }
}

function imagePlan(name: string, kind: 'run' | 'image', rest: string, { folder, env }: UrlSurroundings): ImagePlan {
  const [, file = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(rest) ?? []
  if (file === '') throw unreadable(`${name}=${kind}:${rest}`)
  const given = parameters(name, query, LOGIN_PARAMETERS)
  const where = resolve(folder, file)
  return {
    kind: 'image',
    name,
    source: kind === 'run' ? { script: where } : { folder: where },
    login: {
      user: given.get('user') ?? 'root',
      ...optional('password', env[passwordVariable(name)]),
      ...optional('identity', path(folder, given.get('identity'))),
    },
  }
}

function parameters(name: string, query: string, known: readonly string[]): Map<string, string> {
  const read = new Map<string, string>()
  // A plus is a plus here, not a blank: fingerprints have them.
  for (const [key, value] of new URLSearchParams(query.replaceAll('+', '%2B'))) {
    if (key === 'password') throw passwordInUrl(name)
    if (!known.includes(key))
      throw refuse({ what: `The address of machine "${name}" has a parameter that is not known`, got: key, known })
    if (value === '' || read.has(key))
      throw refuse({ what: `The address of machine "${name}" must give "${key}" once, with a value`, got: value })
    read.set(key, value)
  }
  return read
}

const path = (folder: string, file: string | undefined): string | undefined => file && resolve(folder, file)

const optional = <Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } =>
  // TypeScript widens a computed key; there is exactly the one.
  value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value })

const unreadable = (text: string) =>
  refuse({
    what: 'A machine is given by its name and its address',
    expected: EXAMPLE,
    got: text.replace(/:[^:@/]*@/, ':…@'),
  })

const passwordInUrl = (name: string) =>
  refuse({
    what: `The address of machine "${name}" holds a password, which every user of this computer could read`,
    next: `take it out of the address and set ${passwordVariable(name)}`,
  })

const badFingerprint = (name: string, got: string) =>
  refuse({
    what: `The host key fingerprint of machine "${name}" is not readable`,
    expected: 'SHA256: and 43 letters, as `ssh-keygen -lf KEY` prints it',
    got,
  })
