/** How single words of a sentence are read; each refuses what it cannot mean and says what it could. */
import { posix } from 'node:path'
import type { UserRow } from '../../claim/accounts/user.ts'
import { refuse } from '../../core/refusal.ts'
import { type IpAddress, parseIpAddress } from '../../core/values/ip-address.ts'
import type { PortQuery } from '../../probe/network/port.ts'

const SUFFIXES = /\.(service|socket|timer|target|mount|automount|path|swap|slice|scope|device)$/

/** The full name of a unit. @throws UsageError for what systemd does not allow in a unit's name (systemd.unit(5)) */
export function readUnit(name: string): string {
  const full = SUFFIXES.test(name) ? name : `${name}.service`
  if (/^[A-Za-z0-9:_.\\@-]{1,255}$/.test(full) && name !== '' && !name.startsWith('-')) return full
  throw refuse({
    what: `"${name}" cannot be the name of a unit`,
    expected: 'letters, digits and : _ . \\ @ - only, as in "sshd" or "backup.timer"',
    got: name,
    next: 'systemd-escape prints how other characters are written',
  })
}

/**
 * Without what names nothing: `//`, `/.` and a slash at the end. To the kernel "/etc/nologin/" is a folder, and not there where "/etc/nologin" is
 * a file (path_resolution(7)): "does not exist" would hold.
 */
export function readPath(path: string): string {
  if (path.startsWith('/')) return `/${namesIn(path).join('/')}`
  throw refuse({
    what: `"${path}" is no path on the machine`,
    expected: 'an absolute path, beginning with /',
    got: path,
  })
}

const namesIn = (path: string): string[] => path.split('/').filter(name => name !== '' && name !== '.')

export interface FileName {
  readonly path: string
  /** The content must not be shown. */
  readonly secret: boolean
}

/** Where NixOS, sops-nix, agenix and sshd keep secrets. */
const SECRET_PATHS = [
  /^\/run\/(secrets|agenix|keys|credentials)(\.d)?\//,
  /^\/etc\/(shadow|gshadow)-?$/,
  /\/ssh_host_\w+_key$/,
  /\/\.ssh\/id_\w+$/,
  /\.(key|pem|p12|age)$/,
]

export function readFileName(text: string, saidSo: boolean): FileName {
  const path = readPath(text)
  const isSecret = (known: RegExp): boolean => known.test(path) || known.test(posix.normalize(path))
  return { path, secret: saidSo || SECRET_PATHS.some(isSecret) }
}

/** One row of a table of users, its cells as what they are. @throws UsageError for a uid that is no number */
export function readUserRow({ uid, groups = '', shell, home }: Readonly<Partial<Record<string, string>>>): UserRow {
  if (uid !== undefined && !/^\d{1,10}$/.test(uid))
    throw refuse({ what: `"${uid}" is no uid`, expected: 'a number', got: uid })
  return {
    groups: groups
      .split(',')
      .map(word => word.trim())
      .filter(Boolean),
    ...(uid !== undefined && { uid: Number(uid) }),
    ...(shell !== undefined && { shell }),
    ...(home !== undefined && { home }),
  }
}

export function readMode(text: string): number {
  if (/^0?[0-7]{3,4}$/.test(text)) return Number.parseInt(text, 8)
  throw refuse({
    what: `"${text}" are no permissions`,
    expected: 'three or four octal digits, as in "0640"',
    got: text,
  })
}

/** @throws UsageError unless it is a sum as sha256sum(1) prints it */
export function readSha256(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase()
  throw refuse({
    what: `"${text}" is no sha256`,
    expected: '64 hexadecimal digits, as sha256sum prints them',
    got: text,
  })
}

export function readPort(protocol: string, number: string): PortQuery {
  const port = Number(number)
  if (protocol !== 'tcp' && protocol !== 'udp')
    throw refuse({ what: `Unknown protocol "${protocol}"`, got: protocol, known: ['tcp', 'udp'] })
  if (port >= 1 && port <= 65_535) return { protocol, port }
  throw refuse({ what: `${number} is no port`, expected: 'a number from 1 to 65535', got: number })
}

/** @throws UsageError unless it is one address; a name is none, nor is a network */
export function readAddress(text: string): IpAddress {
  const address = parseIpAddress(text)
  if (address && !/^\d+$/.test(address.scope ?? '')) return address
  throw refuse({
    what: `"${text}" is no address`,
    expected: 'an IPv4 or IPv6 address, as in "127.0.0.1", "::1" or "fe80::1%eth0"',
    got: text,
  })
}

/** @throws UsageError for what no line of passwd(5) or group(5) can begin with */
export function readAccount(text: string): string {
  if (/^[^:\n]+$/.test(text)) return text
  throw refuse({
    what: `"${text}" is no name of a user or group`,
    expected: 'at least one character, and no colon',
    got: text,
  })
}

/** @throws UsageError unless it is written like a name of the time zone database */
export function readTimeZone(text: string): string {
  if (/^[\w+-]+(?:\/[\w+-]+)*$/.test(text)) return text
  throw refuse({
    what: `"${text}" is no name of a time zone`,
    expected: 'a name of the time zone database, as in "Europe/Berlin" or "UTC"',
    got: text,
    next: 'timedatectl list-timezones lists them',
  })
}

export function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw refuse({
    what: `"${text}" is no web address`,
    expected: 'http:// or https:// first, as in "http://localhost/"',
    got: text,
  })
}

/** JavaScript takes what other dialects write for something else, and says nothing. */
const FOREIGN = /\\[AaCEeGghHIijJKlLMmNoOPpqQRTUVXYyZz<>]|\[\[:\^?\w+:\]|\(\?[>#+-]|\(\?P</

export function readPattern(text: string): RegExp {
  const foreign = FOREIGN.exec(text.replaceAll('\\\\', ''))?.[0]
  if (foreign !== undefined)
    throw refuse({
      what: `"${text}" is no regular expression`,
      expected: "JavaScript's: \\w, \\d, \\s, [A-Za-z], ^, $, (?<name>…)",
      got: foreign,
    })
  try {
    return new RegExp(text.replace(/\\(["'])/g, '$1'))
  } catch (error) {
    throw refuse({ what: `"${text}" is no regular expression`, expected: (error as Error).message, got: text })
  }
}
