import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Mutant } from './mutant.ts'
import { runNode } from './process-group.ts'
import type { Workplace } from './workplace.ts'

/** Milliseconds. */
const LIMIT = 5 * 60_000
const PACKAGE = createRequire(import.meta.url).resolve('typescript/package.json')
const TSC = join(dirname(PACKAGE), 'bin/tsc')
const ARGUMENTS = [TSC, '-p', '.', '--noEmit', '--incremental', '--tsBuildInfoFile']

/** Whether the compiler, too, has nothing against a mutant: `npm run check` asks it. */
export async function passesTypes({ typed, temporary }: Workplace, mutant?: Mutant): Promise<boolean> {
  const file = join(typed, mutant?.file ?? 'package.json')
  const source = readFileSync(file, 'utf8')
  writeFileSync(file, mutant?.text ?? source)
  try {
    const { good } = await runNode([...ARGUMENTS, join(temporary, 'types.json')], typed, process.env, LIMIT)
    return good
  } finally {
    writeFileSync(file, source)
  }
}
