import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { known, whyUnknown } from '../../probe/fact.ts'
import type { FileAttributes, FileFacts, FileKind } from '../../probe/files/file.ts'

export const fileExists: Expectation<FileFacts> = claim({
  wanted: 'exists',
  missed: 'did not exist',
  unknown: whyUnclear,
  holds: ({ found }) => known(found) !== undefined,
  seen: seenFile,
})

export const fileIs = (kind: FileKind): Expectation<FileFacts> =>
  ofFound({ wanted: `a ${kind}`, missed: `was not a ${kind}`, holds: found => found.kind === kind })

const LOST = 'where the link leads in the end could not be told'

/** The text of the link, or where it leads in the end. */
export function fileLinksTo(target: string): Expectation<FileFacts> {
  const wanted = Buffer.from(target)
  const leads = ({ link }: FileFacts): boolean | undefined => {
    const found = known(link)
    if (found?.target.equals(wanted)) return true
    return found && !found.resolved ? undefined : (found?.resolved?.equals(wanted) ?? false)
  }
  return claim({
    wanted: `a link to ${target}`,
    missed: `was not a link to ${target}`,
    unknown: facts => whyUnknown(facts.link) ?? (leads(facts) === undefined ? (whyUnclear(facts) ?? LOST) : undefined),
    absent: ({ found, link }) => known(link) === undefined && known(found) === undefined,
    holds: facts => leads(facts) === true,
    seen: facts => linkText(facts) ?? seenFile(facts),
  })
}

/** Permission bits, `0o640`, those for set-uid, set-gid and sticky included. */
export const fileHasMode = (mode: number): Expectation<FileFacts> =>
  ofFound({
    ...has(`mode ${octal(mode)}`),
    holds: found => found.mode === mode,
    seen: found => `mode ${octal(found.mode)}`,
  })

/** By id, so that one of several names of an id does not count for less; the facts must hold the id of that name. */
export const fileHasOwner = (owner: string): Expectation<FileFacts> =>
  ofFound({
    ...has(`owner ${owner}`),
    unknown: ({ namedUid }) => whyUnknown(namedUid),
    holds: (found, { namedUid }) => found.uid === known(namedUid),
    seen: found => `owner ${found.owner ?? `with uid ${found.uid}`}`,
  })

export const fileHasGroup = (group: string): Expectation<FileFacts> =>
  ofFound({
    ...has(`group ${group}`),
    unknown: ({ namedGid }) => whyUnknown(namedGid),
    holds: (found, { namedGid }) => found.gid === known(namedGid),
    seen: found => `group ${found.group ?? `with gid ${found.gid}`}`,
  })

interface FoundClaim {
  readonly wanted: string
  readonly missed: string
  unknown?(facts: FileFacts): string | undefined
  between?(found: FileAttributes): string | undefined
  holds(found: FileAttributes, facts: FileFacts): boolean
  seen?(found: FileAttributes, facts: FileFacts): string | undefined
}

const has = (what: string) => ({ wanted: what, missed: `did not have ${what}` })

/** A claim on something that is there. */
export const ofFound = ({ wanted, missed, unknown, between, holds, seen }: FoundClaim): Expectation<FileFacts> =>
  claim({
    wanted,
    missed,
    unknown: facts => whyUnclear(facts) ?? (known(facts.found) && unknown?.(facts)),
    absent: ({ found }) => known(found) === undefined,
    between: facts => ifFound(facts, it => between?.(it)),
    holds: facts => ifFound(facts, it => holds(it, facts)) ?? false,
    seen: facts => ifFound(facts, it => seen?.(it, facts)) ?? seenFile(facts),
  })

function ifFound<T>({ found }: FileFacts, then: (found: FileAttributes) => T): T | undefined {
  const it = known(found)
  return it && then(it)
}

function whyUnclear({ found }: FileFacts): string | undefined {
  return whyUnknown(found)
}

function seenFile(facts: FileFacts): string {
  const link = linkText(facts)
  const cause = whyUnclear(facts)
  if (cause !== undefined) return link ? `${link}: ${cause}` : cause
  const found = known(facts.found)
  if (!found) return link ? `${link}, where there is nothing` : 'nothing there'
  const { kind, size, uid, gid, owner = uid, group = gid, mode } = found
  return `a ${kind}, ${size} bytes, ${owner}:${group} ${octal(mode)}`
}

function linkText({ link }: FileFacts): string | undefined {
  const found = known(link)
  return found && `a link to ${found.target}`
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}
