import { createHash, createHmac, randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT", says; certificates are not supported. */
export interface KnownKey {
  readonly type: string
  /** Base64, as in the file. */
  readonly key: string
  readonly revoked: boolean
  readonly line: number
}

/** The keys that a known_hosts file has for a host; names may be hashed, patterns or negated. */
export function knownKeys(file: string, host: string, port: number): KnownKey[] {
  const name = port === 22 ? host : `[${host}]:${port}`
  return file.split('\n').flatMap((text, index) => {
    const words = text.trim().split(/\s+/)
    const marker = words[0]?.startsWith('@') ? words.shift() : undefined
    const [hosts, type, key] = words
    if (hosts === undefined || hosts.startsWith('#') || type === undefined || key === undefined) return []
    if (marker === '@cert-authority' || !names(hosts, name)) return []
    return [{ type, key, revoked: marker === '@revoked', line: index + 1 }]
  })
}

/** Whether it has an authority whose certificates would be good for the host. */
export function hasCertAuthority(file: string, host: string, port: number): boolean {
  const name = port === 22 ? host : `[${host}]:${port}`
  return file.split('\n').some(line => {
    const [marker, hosts = ''] = line.trim().split(/\s+/)
    return marker === '@cert-authority' && names(hosts, name)
  })
}

/** The line that ssh would add. */
export function knownHostLine({ host, port }: { host: string; port: number }, key: Buffer, isHashed: boolean): string {
  const name = port === 22 ? host : `[${host}]:${port}`
  return `${isHashed ? hashOf(name, randomBytes(20)) : name} ${typeOf(key)} ${key.toString('base64')}`
}

/** Appended by one write, which stays whole when two runs do so at once; a last line without an end is ended first. */
export function addKnownHost(file: string, line: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  appendFileSync(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`, { mode: 0o600 })
}

/** `SHA256:…` as ssh-keygen -l prints it. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replaceAll('=', '')}`

/** The type inside a public key's blob: a length and a name (RFC 4253, 6.6). */
export const typeOf = (key: Buffer): string => key.toString('latin1', 4, 4 + key.readUInt32BE(0))

function names(hosts: string, name: string): boolean {
  if (hosts.startsWith('|1|')) return hashed(hosts, name)
  const patterns = hosts.split(',')
  const refused = patterns.some(pattern => pattern.startsWith('!') && matches(pattern.slice(1), name))
  return !refused && patterns.some(pattern => matches(pattern, name))
}

function hashed(entry: string, name: string): boolean {
  const [, , salt = ''] = entry.split('|')
  return hashOf(name, Buffer.from(salt, 'base64')) === entry
}

const hashOf = (name: string, salt: Buffer): string =>
  `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`

function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 'i').test(name)
}
