import { existsSync, readFileSync } from 'node:fs'
import { EnvironmentBroken, type HostKey, HostKeyChanged } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import {
  addKnownHost,
  fingerprintOf,
  hasCertAuthority,
  type KnownKey,
  knownHostLine,
  knownKeys,
  typeOf,
} from './known-hosts.ts'

/** How a host proves who it is. There is no way to skip it. */
export type HostKeys =
  /** `SHA256:…`, from the person who set the host up. */
  | { readonly kind: 'fingerprint'; readonly fingerprint: string }
  | { readonly kind: 'known-hosts'; readonly files: readonly string[]; readonly acceptNew?: AcceptNew }
  /** A machine that this run has booted itself: its first key is kept, and it must stay the same until `bootedAnew`. */
  | { readonly kind: 'pinned'; readonly pin: HostKeyPin }

export class HostKeyPin {
  #key: Buffer | undefined

  /** Takes the key the first time, compares from then on. */
  accepts(key: Buffer): boolean {
    this.#key ??= key
    return this.#key.equals(key)
  }

  get fingerprint(): string | undefined {
    return this.#key && fingerprintOf(this.#key)
  }

  /** The machine starts from scratch and may have made itself another key. */
  bootedAnew(): void {
    this.#key = undefined
  }
}

/** The first answer is believed, where the user asks for that. */
export interface AcceptNew {
  readonly hashed: boolean
  note(text: string): void
}

interface Place {
  readonly host: string
  readonly port: number
}

/** @returns the refusal, or undefined when the key is the right one */
export function judgeHostKey(key: Buffer, place: Place, keys: HostKeys): EnvironmentBroken | undefined {
  const got = shownKey(key)
  if (keys.kind === 'fingerprint')
    return got.fingerprint === keys.fingerprint.replace(/(?<!=)=+$/, '')
      ? undefined
      : changed(place, keys.fingerprint, got, 'the given fingerprint')
  if (keys.kind === 'pinned')
    return keys.pin.accepts(key) ? undefined : changed(place, keys.pin.fingerprint ?? '', got, 'the key it booted with')
  const known = keysIn(keys.files, place)
  const same = known.filter(entry => entry.key === key.toString('base64'))
  if (same.some(({ revoked }) => revoked)) return revokedKey(place, got.fingerprint, same)
  if (same.length > 0) return undefined
  const valid = known.filter(({ revoked }) => !revoked)
  // A host that a certificate authority vouches for is none to be believed at first sight.
  if (valid.length === 0 && hasAuthority(keys.files, place)) return unchecked(place, key, keys.files)
  if (valid.length === 0 && keys.acceptNew) return accept(place, key, keys.files[0] ?? '', keys.acceptNew)
  return valid.length === 0 ? unknown(place, key, keys.files) : changed(place, listed(valid), got, origin(valid))
}

export const shownKey = (key: Buffer): HostKey => ({ type: typeOf(key), fingerprint: fingerprintOf(key) })

/** Key types to ask for first, so that a host with several keys shows one that is known (as ssh does). */
export function knownTypes(place: Place, keys: HostKeys): string[] {
  if (keys.kind !== 'known-hosts') return []
  const types = keysIn(keys.files, place).map(({ type }) => type)
  return [...new Set(types)].flatMap(type => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type]))
}

interface KnownIn extends KnownKey {
  readonly file: string
}

const keysIn = (files: readonly string[], { host, port }: Place): KnownIn[] =>
  files
    .filter(existsSync)
    .flatMap(file => knownKeys(readFileSync(file, 'utf8'), host, port).map(key => ({ ...key, file })))

const listed = (known: readonly KnownIn[]): string =>
  known.map(({ type, key }) => `${fingerprintOf(Buffer.from(key, 'base64'))} (${type})`).join('\n')

const origin = (known: readonly KnownIn[]): string => known.map(({ file, line }) => `${file}:${line}`).join(', ')

const written = ({ host, port }: Place): string => (port === 22 ? host : `[${host}]:${port}`)

function changed(place: Place, expected: string, got: HostKey, by: string): EnvironmentBroken {
  return new HostKeyChanged(
    `The host key of ${written(place)} is not the expected one: another host may be answering\n${rows({
      Expected: expected,
      Got: got.fingerprint,
      'Known by': by,
      Next: `find out on the machine itself (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub); if it was reinstalled: ssh-keygen -R '${written(place)}'`,
    })}`.trimEnd(),
    got,
  )
}

function unknown(place: Place, key: Buffer, files: readonly string[]): EnvironmentBroken {
  return new EnvironmentBroken(
    `The host key of ${written(place)} is not known\n${rows({
      Expected: `a line for ${written(place)} in ${files.join(' or ')}`,
      Got: `${fingerprintOf(key)} (${typeOf(key)})`,
      Next: `compare it on the machine itself, then add ?fingerprint=${fingerprintOf(key)} to its address, or connect once with ssh; ?host-keys=accept-new believes and stores the keys of new hosts`,
    })}`.trimEnd(),
  )
}

/** ssh2 does not speak of host certificates; the key under one belongs to no host as long as the user names none. */
const unchecked = (place: Place, key: Buffer, files: readonly string[]): EnvironmentBroken =>
  new EnvironmentBroken(
    `The host key of ${written(place)} is vouched for by a certificate, which is not supported\n${rows({
      Expected: `a plain line for ${written(place)} in ${files.join(' or ')}, beside that of @cert-authority`,
      Got: `${fingerprintOf(key)} (${typeOf(key)})`,
      Next: `check it against the certificate by ssh, then add ?fingerprint=${fingerprintOf(key)} to its address`,
    })}`.trimEnd(),
  )

const hasAuthority = (files: readonly string[], { host, port }: Place): boolean =>
  files.filter(existsSync).some(file => hasCertAuthority(readFileSync(file, 'utf8'), host, port))

function accept(place: Place, key: Buffer, file: string, { hashed, note }: AcceptNew): EnvironmentBroken | undefined {
  try {
    addKnownHost(file, knownHostLine(place, key, hashed))
  } catch (error) {
    return new EnvironmentBroken(
      `The host key of ${written(place)} could not be stored\n${rows({ Reason: String(error), Next: `make ${file} writable, or name another by ?known-hosts=FILE` })}`.trimEnd(),
    )
  }
  note(`its host key was not known; believed and added to ${file}: ${fingerprintOf(key)}`)
  return undefined
}

function revokedKey(place: Place, got: string, known: readonly KnownIn[]): EnvironmentBroken {
  return new EnvironmentBroken(
    `The host key of ${written(place)} is revoked\n${rows({ Got: got, 'Known by': origin(known) })}`.trimEnd(),
  )
}
