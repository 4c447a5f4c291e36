import { join } from 'node:path'
import { withoutHanded } from '../core/secrets/redact.ts'
import type { FactsFile } from './facts-file.ts'
import { makeFolder, OWN_FILE, writeAtomically } from './write-file.ts'

/** One key in each line. @throws EnvironmentBroken */
export function writeFacts(folder: string, facts: FactsFile): void {
  const place = join(folder, 'facts')
  const clean = JSON.parse(withoutHanded(JSON.stringify(facts))) as FactsFile
  makeFolder(place)
  writeAtomically(
    join(place, `${facts.machine.replaceAll(/[^\w.@+-]+/g, '-')}.json`),
    `${JSON.stringify(clean, undefined, 1)}\n`,
    OWN_FILE,
  )
}
