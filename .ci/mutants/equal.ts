import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Mutant } from './mutant.ts'

/** Mutants that no test can tell from the code: they do the same. Found by file and text, because lines move. */
const EqualMutant = z.strictObject({
  file: z.string(),
  before: z.string(),
  after: z.string(),
  reason: z.string().min(20),
})
export type EqualMutant = z.infer<typeof EqualMutant>

export const readEqual = (): EqualMutant[] =>
  z.array(EqualMutant).parse(JSON.parse(readFileSync(join(import.meta.dirname, 'equal.json'), 'utf8')))

const isOf = (mutant: Mutant, { file, before, after }: EqualMutant): boolean =>
  mutant.file === file && mutant.before === before && mutant.after === after

export const isEqual = (mutant: Mutant, listed: readonly EqualMutant[]): boolean =>
  listed.some(each => isOf(mutant, each))

/** Entries that speak of code that is no more: they would excuse nothing, and hide that a reason has gone. */
export const outdated = (listed: readonly EqualMutant[], mutants: readonly Mutant[]): EqualMutant[] => {
  const files = new Set(mutants.map(({ file }) => file))
  return listed.filter(each => files.has(each.file) && !mutants.some(mutant => isOf(mutant, each)))
}
