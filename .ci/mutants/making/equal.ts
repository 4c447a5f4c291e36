import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Mutant } from './mutant.ts'

const reason = z.string().min(20)

/** A mutant that no test can tell from the code: it does the same. Found by file and text, because lines move. */
const EqualMutant = z.strictObject({ file: z.string(), before: z.string(), after: z.string(), reason })
/** Many of one kind: below a folder, by a regular expression on what would stand there. */
const EqualKind = z.strictObject({ folder: z.string().endsWith('/'), after: z.string().regex(/Stryker/), reason })
const Equal = z.union([EqualMutant, EqualKind])
export type Equal = z.infer<typeof Equal>

export const readEqual = (): Equal[] =>
  z.array(Equal).parse(JSON.parse(readFileSync(join(import.meta.dirname, 'equal.json'), 'utf8')))

function isOf(mutant: Mutant, equal: Equal): boolean {
  if ('folder' in equal) return mutant.file.startsWith(equal.folder) && new RegExp(equal.after).test(mutant.after)
  return mutant.file === equal.file && mutant.before === equal.before && mutant.after === equal.after
}

export const isEqual = (mutant: Mutant, listed: readonly Equal[]): boolean => listed.some(each => isOf(mutant, each))

/** Entries that speak of code that is no more: they would excuse nothing, and hide that a reason has gone. */
export function outdated(listed: readonly Equal[], mutants: readonly Mutant[]): Equal[] {
  const files = [...new Set(mutants.map(({ file }) => file))]
  const isLookedAt = (each: Equal): boolean =>
    'folder' in each ? files.some(file => file.startsWith(each.folder)) : files.includes(each.file)
  return listed.filter(each => isLookedAt(each) && !mutants.some(mutant => isOf(mutant, each)))
}
