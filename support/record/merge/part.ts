/** A run of some of the project's scenarios, and for which other run it can be a base. */
import type { RunJson } from '../run/run-json.ts'

export const LAST_FAILED = '--last-failed'

/** Which runs say enough of all that this one judges: whole ones, and those of the same part. What did not hold last is another part each time. */
export function coversPartOf({ part }: Pick<RunJson, 'part'>, of: Pick<RunJson, 'part'> | undefined): boolean {
  if (part === undefined) return true
  return !part.includes(LAST_FAILED) && JSON.stringify(part) === JSON.stringify(of?.part)
}

/** The part that several runs are together: the same one, or all of them; nothing when one of them is whole. */
export function unitedPart(runs: readonly Pick<RunJson, 'part'>[]): string[] | undefined {
  const parts = runs.map(({ part }) => part)
  if (parts.includes(undefined)) return undefined
  return [...new Set(parts.flatMap(part => part ?? []))].toSorted()
}
