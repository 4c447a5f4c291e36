/** What a verdict binds, held against what is there now. Pure: each difference is one line, and what is equal is none. */
import type { BoundSystem } from '../flake/subject.ts'
import type { BoundFlake } from './binding.ts'
import { type Difference, differing, differs } from './difference.ts'
import { judge } from './judge.ts'
import type { Told } from './reasons.ts'
import type { VerdictDocument } from './verdict.ts'

type Differences = Difference<Told>[]

/** What the caller takes for a GO. */
export interface Wanted {
  readonly now: Date
  readonly host?: string | undefined
  /** Left out: only a level that is good for a wipe. */
  readonly level?: 'vm' | undefined
  readonly offline: boolean
  /** A machine that is to be wiped was named. */
  readonly target: boolean
  /** Of the key whose signature was found to be good. */
  readonly fingerprint: string
}

/** Clocks differ by so much, and not by more. */
const CLOCKS_MS = 5 * 60_000

/** What the document itself says, without a look at anything else. */
export function ofDocument(document: VerdictDocument, wanted: Wanted): Differences {
  const { word, level, host, inputs, signer, target } = document
  const judged = judge(document)
  const asked = wanted.offline ? 'offline' : 'real'
  return [
    ...differs('signer', signer, wanted.fingerprint),
    ...differs('word, by what it binds', judged.word, word),
    ...differs('reasons against it', '', [...new Set([...document.reasons, ...judged.reasons])].join('; ')),
    ...differs('inputs', asked, inputs === asked ? asked : `${inputs}: ${word}`),
    ...(level === 'installed' || level === wanted.level
      ? []
      : [differing('level', 'installed', `${level}: no GO for a wipe (--level ${level} accepts it)`)]),
    ...ofTime(document, wanted.now),
    ...(target?.wiped === false
      ? differs('target', 'judged as one that is wiped', 'judged as one that is switched: its disks were not looked at')
      : []),
    ...(wanted.target && target === null
      ? differs('target', 'a verdict that is bound to one', 'none: it was judged without --target')
      : []),
    ...(wanted.host === undefined ? [] : differs('host', wanted.host, host)),
  ]
}

function ofTime({ issued, expires }: VerdictDocument, now: Date): Differences {
  const [from, to] = [Date.parse(issued), Date.parse(expires)]
  const clock = now.toISOString()
  return [
    ...(to > from ? [] : [differing('expiry', `after ${issued}`, expires)]),
    ...(now.getTime() < to ? [] : [differing('expiry', `after ${clock}`, expires)]),
    ...(from - now.getTime() <= CLOCKS_MS ? [] : [differing('issued', `not after ${clock}`, issued)]),
  ]
}

/** A flake may be at another place: what it is, is bound, and not where. */
export function ofFlake({ flake }: Pick<VerdictDocument, 'flake'>, now: BoundFlake): Differences {
  const found = now.revision ?? (now.dirtyRevision === null ? null : `${now.dirtyRevision} with changes`)
  return [
    ...(flake.revision === null ? [] : differs('revision', flake.revision, found)),
    ...differs('narHash of the flake', flake.narHash, now.narHash),
    ...differs('sha256 of flake.lock', flake.lock, now.lock),
    ...(flake.reference === now.reference ? differs('fingerprint', flake.fingerprint, now.fingerprint) : []),
    ...differs('unlocked inputs', flake.unlocked.join(', '), now.unlocked.join(', ')),
  ]
}

type Systems = Pick<VerdictDocument, 'toplevel' | 'diskScript'> & Pick<BoundSystem, 'bootLoaders' | 'disks'>

export function ofSystem(document: Systems, now: BoundSystem): Differences {
  const { toplevel, diskScript, bootLoaders, disks } = document
  return [
    ...differs('derivation of the system', toplevel.derivation, now.toplevel.derivation),
    ...differs('system', toplevel.path, now.toplevel.path),
    ...differs('derivation of the disk script', diskScript?.derivation ?? null, now.diskScript?.derivation ?? null),
    ...differs('disk script', diskScript?.path ?? null, now.diskScript?.path ?? null),
    ...differs('boot loader', bootLoaders.join(', '), now.bootLoaders.join(', ')),
    ...ofEach('disk', disks ?? {}, now.disks ?? {}),
    ...((disks === null) === (now.disks === null) ? [] : [differing('disks', disks && 'some', now.disks && 'some')]),
  ]
}

export const ofContents = (what: 'system' | 'disk script', expected: string, found: string): Differences =>
  differs(`contents of the ${what}`, expected, found)

/** @param now sha256 of the tarball */
export const ofInstaller = ({ installer }: Pick<VerdictDocument, 'installer'>, now: string): Differences =>
  differs('tarball of the installer', installer, now)

export interface FeaturesNow {
  readonly files: Readonly<Record<string, string>>
  readonly tags: string | null
}

export function ofFeatures({ features }: VerdictDocument, now: FeaturesNow): Differences {
  return [
    ...ofEach('file', features.files, now.files),
    ...differs('tags of the configuration', features.tags, now.tags),
  ]
}

function ofEach(
  what: 'disk' | 'file',
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): Differences {
  const names = new Set([...Object.keys(before), ...Object.keys(now)])
  const of = (all: Readonly<Record<string, string>>, name: string): string | null =>
    Object.hasOwn(all, name) ? (all[name] ?? null) : null
  return [...names].toSorted().flatMap(name => differs<Told>(`${what} ${name}`, of(before, name), of(now, name)))
}
