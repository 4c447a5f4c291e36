import type { Mutant } from '../making/mutant.ts'
import { runNode } from './process-group.ts'
import { filesThatReach, type TestFile } from './reach.ts'
import { named, testArguments, testEnvironment } from './test-process.ts'
import type { Workplace } from './workplace.ts'

/** `killed` by a test, `hung` until its time was over, `types` when the compiler refuses it, `unreached` when no test comes by it. */
export type Fate = 'killed' | 'hung' | 'types' | 'survived' | 'unreached'

export interface Tried {
  readonly mutant: Mutant
  readonly fate: Fate
}

/** Of what the tests took without a fault. */
const TIMES = 4

/** @param patience milliseconds more, for a computer that has other things to do */
export async function tryMutant(
  place: Workplace,
  mutant: Mutant,
  tests: readonly TestFile[],
  patience: number,
): Promise<Tried> {
  const reaching = filesThatReach(mutant.id, tests)
  if (reaching.length === 0) return { mutant, fate: 'unreached' }
  const limit = reaching.reduce((sum, { took }) => sum + took, 0) * TIMES + patience
  const names = reaching.flatMap(file => file.testsThatReach(mutant.id))
  const words = testArguments(
    reaching.map(({ name }) => name),
    named(names),
  )
  const { good, hung } = await runNode(words, place.mutated, testEnvironment(place.temporary, mutant.id), limit)
  return { mutant, fate: good ? 'survived' : hung ? 'hung' : 'killed' }
}
