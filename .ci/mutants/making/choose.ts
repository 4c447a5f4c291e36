import { createHash } from 'node:crypto'
import type { Mutant } from './mutant.ts'

/**
 * The same mutants for the same seed and code. The rank of each hangs on its own text only, so that a change elsewhere leaves the choice
 * as it is, and the choice from one file is what of that file stands first in the choice from all.
 */
export function choose(mutants: readonly Mutant[], seed: string, count: number): Mutant[] {
  const twins = new Map<string, number>()
  const ranked = mutants.map(mutant => {
    const text = JSON.stringify([mutant.file, mutant.before, mutant.after])
    const nth = (twins.get(text) ?? 0) + 1
    twins.set(text, nth)
    return {
      mutant,
      rank: createHash('sha256')
        .update(JSON.stringify([seed, text, nth]))
        .digest('hex'),
    }
  })
  const first = ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, count)
  return first.map(({ mutant }) => mutant).sort((a, b) => compare(a.file, b.file) || a.line - b.line)
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
