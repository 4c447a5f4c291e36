/** Facts of machines that are kept ready for other runs, by the id of their boot: asked for once, as they are woken as they were. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { withoutHanded } from '../../core/secrets/redact.ts'
import { minutes } from '../../core/time/duration.ts'
import type { FactsFile } from '../../record/facts-file.ts'
import { OWN_FILE, writeAtomically } from '../../record/write-file.ts'

/** No machine is kept for longer than a day. */
const USEFUL = minutes(48 * 60)

const folderOf = (cache: string): string => join(cache, 'facts')

/** What boots is not known by any other name. */
const isBootId = (id: string): boolean => /^[\da-f-]{36}$/.test(id)

export function knownFacts(cache: string, bootId: string): FactsFile | undefined {
  if (!isBootId(bootId)) return undefined
  try {
    // Ours, and written as a whole.
    return JSON.parse(readFileSync(join(folderOf(cache), `${bootId}.json`), 'utf8')) as FactsFile
  } catch {
    return undefined
  }
}

/** That it cannot be written costs the next run a question. */
export function rememberFacts(cache: string, bootId: string, facts: FactsFile): void {
  if (!isBootId(bootId)) return
  const folder = folderOf(cache)
  try {
    mkdirSync(folder, { recursive: true })
    for (const name of readdirSync(folder)) forgetOld(join(folder, name))
    writeAtomically(join(folder, `${bootId}.json`), withoutHanded(JSON.stringify(facts)), OWN_FILE)
  } catch {
    // As said.
  }
}

function forgetOld(file: string): void {
  const { mtimeMs = Date.now() } = statSync(file, { throwIfNoEntry: false }) ?? {}
  if (Date.now() - mtimeMs > USEFUL.ms) rmSync(file, { force: true })
}
