import { choose } from './making/choose.ts'
import { type Equal, isEqual, outdated } from './making/equal.ts'
import { instrument } from './making/instrument.ts'
import type { Mutant } from './making/mutant.ts'
import { withoutTextReaders } from './making/text-readers.ts'
import { dryRun } from './running/dry-run.ts'
import type { TestFile } from './running/reach.ts'
import { type Tried, tryMutant } from './running/try-mutant.ts'
import { demandTypes, refusedByTypes } from './running/types.ts'
import { openWorkplace, type Workplace, write } from './running/workplace.ts'
import { isNoticed } from './score.ts'

const TOLD_EACH = 20

export interface Plan {
  readonly root: string
  /** Files to break, from `root` on. */
  readonly sources: readonly string[]
  readonly tests: readonly string[]
  readonly seed: string
  readonly count: number
  readonly equal: readonly Equal[]
  /** Milliseconds that a mutant has beside a multiple of what its tests take without it. */
  readonly patience: number
  tell(text: string): void
}

/** Breaks a copy of the code in ways chosen by the seed. @throws Error when the tests are red, or the types, before anything is broken */
export async function breakCode(plan: Plan): Promise<Tried[]> {
  using place = openWorkplace(plan.root)
  const { files, mutants } = await instrument(plan.root, plan.sources)
  write(place.mutated, files)
  for (const each of outdated(plan.equal, mutants)) {
    plan.tell(`equal.json speaks of code that is no more: ${JSON.stringify(each)}`)
  }
  const chosen = choose(
    mutants.filter(mutant => !isEqual(mutant, plan.equal)),
    plan.seed,
    plan.count,
  )
  plan.tell(`${chosen.length} of ${mutants.length} mutants in ${plan.sources.length} files, seed ${plan.seed}`)
  await demandTypes(place)
  const tests = await greenTests(place, plan)
  return await tryAll(place, chosen, tests, plan)
}

/** What is red where nothing is broken would count every mutant as killed. */
async function greenTests(place: Workplace, { tests, tell }: Plan): Promise<TestFile[]> {
  const green: TestFile[] = []
  for (const name of withoutTextReaders(tests, tell)) {
    const found = await dryRun(place, name)
    if (typeof found === 'string') tell(`left out, red with no mutant switched on: ${name}: ${found}`)
    else green.push(found)
  }
  if (green.length === 0) throw new Error('no file of tests is green before anything is broken: npm run check tells')
  tell(`${green.length} of ${tests.length} files of tests are green, and it is known which mutants they come by`)
  return green
}

async function tryAll(place: Workplace, chosen: readonly Mutant[], tests: readonly TestFile[], plan: Plan) {
  const tried: Tried[] = []
  for (const mutant of chosen) {
    const first = await tryMutant(place, mutant, tests, plan.patience)
    const isRefused = !isNoticed(first) && (await refusedByTypes(place, mutant))
    const last: Tried = isRefused ? { mutant, fate: 'types' } : first
    tried.push(last)
    if (tried.length % TOLD_EACH === 0) plan.tell(`${tried.length} of ${chosen.length} tried`)
    if (!isNoticed(last)) plan.tell(told(last))
  }
  return tried
}

const told = ({ mutant: { file, line, mutator, before, after }, fate }: Tried): string =>
  `${fate}  ${file}:${line}  ${mutator}\n${changed(before, after)}`

const changed = (before: string, after: string): string => `  - ${before}\n  + ${after}`
