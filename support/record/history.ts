/** What a project's scenarios were like when each was last run: how long, and whether it held. Small, and nothing breaks without it. */
import { readFileSync } from 'node:fs'
import { writeAtomically } from './write-file.ts'

/** By the key of scenario-key.ts. */
export type History = Readonly<Record<string, Known>>

interface Known {
  readonly milliseconds: number
  readonly held: boolean
}

/** Nothing when no run was recorded, or when the file is somebody else's. */
export function readHistory(file: string): History | undefined {
  try {
    const { format, scenarios } = JSON.parse(readFileSync(file, 'utf8')) as { format?: unknown; scenarios?: unknown }
    return format === 1 && typeof scenarios === 'object' && scenarios ? known(Object.entries(scenarios)) : undefined
  } catch {
    return undefined
  }
}

/** By hand: each run ends here, and need not load zod for it. */
const known = (entries: readonly [string, Partial<Known> | null][]): History =>
  Object.fromEntries(
    entries.flatMap(([key, value]) =>
      typeof value?.milliseconds === 'number' && typeof value.held === 'boolean'
        ? [[key, { milliseconds: value.milliseconds, held: value.held }]]
        : [],
    ),
  )

/** Adds what a run has learned; scenarios that did not run keep what was known. Of two runs that end at once the later one's words stay. */
export function addToHistory(file: string, learned: History): void {
  if (Object.keys(learned).length === 0) return
  const scenarios = { ...readHistory(file), ...learned }
  writeAtomically(file, `${JSON.stringify({ format: 1, scenarios }, undefined, 1)}\n`)
}
