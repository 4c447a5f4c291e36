import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { runNode } from './process-group.ts'
import { type Reached, TestFile } from './reach.ts'
import { testArguments, testEnvironment } from './test-process.ts'
import type { Workplace } from './workplace.ts'

/** Milliseconds, of one file of fast tests. */
const LIMIT = 5 * 60_000
const beside = (file: string): string => `--import=${join(import.meta.dirname, file)}`

/** Runs one file of tests with no mutant switched on; text says why it cannot be used. */
export async function dryRun({ mutated, temporary }: Workplace, name: string): Promise<TestFile | string> {
  const folder = mkdtempSync(join(temporary, 'reached-'))
  const start = performance.now()
  const told = { NIXCUMBER_MUTANTS_REACHED: folder, NODE_OPTIONS: beside('reached.js') }
  const words = testArguments([name], [beside('current-test.js')])
  const { good, hung, output } = await runNode(words, mutated, { ...testEnvironment(temporary), ...told }, LIMIT)
  const took = performance.now() - start
  const reached = readdirSync(folder).map(file => readReached(join(folder, file)))
  rmSync(folder, { recursive: true })
  if (good) return new TestFile(name, took, reached)
  return hung ? `did not end within ${LIMIT / 1000} s` : output.trim().split('\n').slice(0, 3).join(' ')
}

/** As `reached.js` writes it. */
const Told = z.object({
  outside: z.array(z.string()),
  tests: z.array(z.object({ name: z.string(), ids: z.array(z.string()) })),
})

const readReached = (file: string): Reached => Told.parse(JSON.parse(readFileSync(file, 'utf8')))
