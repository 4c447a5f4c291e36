/** What a verdict binds of a flake's host, asked anew of Nix: never out of an earlier answer. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EnvironmentBroken, NixcumberError } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { withoutUrlSecrets } from '../core/secrets/redact.ts'
import { minutes } from '../core/time/duration.ts'
import type { FlakeLocator, Locator } from '../flake/locator.ts'
import type { BoundSystem, Subject } from '../flake/subject.ts'
import { contentsOf, sha256 } from '../nix/contents.ts'
import type { FlakeMetadata } from '../nix/evaluate/flake-metadata.ts'
import type { Nix } from '../nix/evaluate/nix.ts'
import type { VerdictDocument } from './verdict.ts'

export type BoundFlake = Omit<VerdictDocument['flake'], 'dirtyAllowed' | 'importFromDerivation'>
type Built = VerdictDocument['toplevel']

/** Of one look into the store; a closure of a whole system takes below a second. */
const CLOSURE_BOUND = minutes(5)

/** @throws UsageError for what has no lock */
export function flakeLocator(locator: Locator): FlakeLocator {
  if (locator.kind === 'flake') return locator
  throw refuse({
    what: `${locator.file} is no flake: nothing says which nixpkgs it would be built with tomorrow`,
    expected: 'a flake, whose lock a verdict can bind',
    got: locator.file,
  })
}

/** @param offline its inputs are replaced, and its lock says nothing of them */
export async function boundFlake(subject: Subject, nix: Nix, offline: boolean): Promise<BoundFlake> {
  const locator = flakeLocator(subject.locator)
  const metadata = await subject.metadata()
  if (metadata?.narHash === undefined)
    throw new EnvironmentBroken(`Nix does not say what ${locator.reference} is: no narHash`)
  return {
    reference: withoutUrlSecrets(locator.reference),
    revision: metadata.revision ?? null,
    dirtyRevision: metadata.dirtyRevision ?? null,
    narHash: metadata.narHash,
    fingerprint: metadata.fingerprint ?? null,
    lock: lockHash(locator, metadata, nix),
    unlocked: offline ? [] : [...metadata.unlocked].toSorted(),
  }
}

/** Of the copy in the store: it is what is evaluated, whatever lies in the folder by now. */
function lockHash({ reference }: FlakeLocator, { storePath }: FlakeMetadata, { toolchain }: Nix): string | null {
  const inside = new URLSearchParams(reference.split('?')[1] ?? '').get('dir') ?? ''
  const folder = join(toolchain.realPath(storePath), inside)
  if (!existsSync(join(folder, 'flake.nix')))
    throw new EnvironmentBroken(`The copy of the flake cannot be read: ${folder}`)
  const lock = join(folder, 'flake.lock')
  return existsSync(lock) ? sha256(readFileSync(lock)) : null
}

/** Builds what was evaluated, and looks at what lies there. @param links folder for what keeps it from being collected */
export async function buildBound(
  { toplevel, diskScript }: BoundSystem,
  nix: Nix,
  { host, links, settings }: { readonly host: string; readonly links: string; readonly settings: readonly string[] },
): Promise<Pick<VerdictDocument, 'toplevel' | 'diskScript'>> {
  const build = async (name: string, { derivation, path }: BoundSystem['toplevel']): Promise<Built> => {
    const subject = `${name} of host "${host}" does not build`
    const made = await nix.build(derivation, join(links, name.replaceAll(' ', '-')), { subject, settings })
    if (made !== path) throw new EnvironmentBroken(`Nix has built ${made} of ${derivation}, and evaluated ${path}`)
    return { derivation, path, contents: await contents(nix, path) }
  }
  const system = await build('the system', toplevel)
  return { toplevel: system, diskScript: diskScript && (await build('the disk script', diskScript)) }
}

/** @throws EnvironmentBroken when it is not in the store, or Nix cannot be asked */
export async function contents(nix: Nix, path: string): Promise<string> {
  const subject = `What lies in ${path} cannot be seen`
  try {
    return contentsOf(path, await nix.closure(path, { subject, signal: AbortSignal.timeout(CLOSURE_BOUND.ms) }))
  } catch (error) {
    if (!(error instanceof NixcumberError) || error.exitCode === 3) throw error
    throw new EnvironmentBroken(error.message, { cause: error })
  }
}
