/**
 * Breaks the code that judges in a few hundred ways and tells what no fast test and no type notices: `npm run mutants`.
 * `--seed N` and `--count N` choose the ways, `--only PATH` the files. Ends with 1 below the goal.
 */
import { setPriority } from 'node:os'
import { parseArgs } from 'node:util'
import { breakCode } from './mutants/break-code.ts'
import { readEqual } from './mutants/making/equal.ts'
import { sourcesIn } from './mutants/making/sources.ts'
import { scores, table } from './mutants/score.ts'
import { testFiles } from './tests.ts'

/** Of 100. */
const GOAL = 90

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now()) },
    count: { type: 'string', default: '300' },
    only: { type: 'string', default: '' },
  },
})
const sources = sourcesIn('.', values.only)
const count = Number(values.count)
if (!Number.isInteger(count) || count < 1) throw new Error(`--count takes a number from 1 on, not "${values.count}"`)
// Nothing waits for it, and it takes long.
setPriority(19)
const start = performance.now()
const tried = await breakCode({
  ...{ root: process.cwd(), sources, tests: testFiles('unit'), seed: values.seed, count },
  ...{ equal: readEqual(), patience: 20_000 },
  tell: console.log,
})
const all = scores(tried)
console.log(`\n${table(all)}\nseed ${values.seed}, ${((performance.now() - start) / 60_000).toFixed(1)} min`)
process.exit((all.at(-1)?.percent ?? 0) < GOAL ? 1 : 0)
