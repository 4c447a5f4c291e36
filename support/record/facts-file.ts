/** `facts/<machine>.json` of a run: what a machine was when the run met it. Writers use the type only, as with run.json. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const words = z.record(z.string(), z.string())

const factsFile = z.object({
  format: z.literal(1),
  machine: z.string(),
  /** When the machine said so; facts of a machine that was kept ready are as old as that. */
  gathered: z.iso.datetime(),
  /** `system`, `closure`, `units`, …: by section, then by key. */
  sections: z.record(z.string(), words),
  /** Why a section is not there. */
  missing: words,
})

export type FactsFile = z.infer<typeof factsFile>

/** By the name of the machine; none where none were gathered. What cannot be read is left out. */
export function readFacts(folder: string): ReadonlyMap<string, FactsFile> {
  return new Map(names(join(folder, 'facts')).flatMap(file => entry(file)))
}

function entry(file: string): [string, FactsFile][] {
  try {
    const facts = factsFile.parse(JSON.parse(readFileSync(file, 'utf8')))
    return [[facts.machine, facts]]
  } catch {
    return []
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.json'))
      .sort()
      .map(name => join(folder, name))
  } catch {
    return []
  }
}
