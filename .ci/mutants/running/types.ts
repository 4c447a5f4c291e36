import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Mutant } from '../making/mutant.ts'
import { type Ended, runNode } from './process-group.ts'
import type { Workplace } from './workplace.ts'

/** Milliseconds; many times what it takes, because it gives way to whatever else runs. */
const LIMIT = 20 * 60_000
const PACKAGE = createRequire(import.meta.url).resolve('typescript/package.json')
const TSC = join(dirname(PACKAGE), 'bin/tsc')
const ARGUMENTS = [TSC, '-p', '.', '--noEmit', '--incremental', '--tsBuildInfoFile']

/** @throws Error before anything is broken: when the types are wrong, or the compiler comes to no end */
export async function demandTypes(place: Workplace): Promise<void> {
  const { good, hung, output } = await compile(place)
  if (hung) throw new Error(`the compiler did not end within ${LIMIT / 60_000} minutes`)
  if (!good) throw new Error(`the types are wrong before anything is broken:\n${output}`)
}

/** Whether the compiler notices a mutant: `npm run check` asks it. What did not end has noticed nothing. */
export async function refusedByTypes(place: Workplace, mutant: Mutant): Promise<boolean> {
  const file = join(place.typed, mutant.file)
  const source = readFileSync(file, 'utf8')
  writeFileSync(file, mutant.text)
  try {
    const { good, hung } = await compile(place)
    return !good && !hung
  } finally {
    writeFileSync(file, source)
  }
}

const compile = ({ typed, temporary }: Workplace): Promise<Ended> =>
  runNode([...ARGUMENTS, join(temporary, 'types.json')], typed, process.env, LIMIT)
