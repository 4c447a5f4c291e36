/** Runs whose record cannot be read: each was a run, and what it found is not known. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { runJson } from '../run/run-json.ts'
import { startOf, TIMESTAMP_NAME } from './retention.ts'

export interface DamagedRun {
  readonly folder: string
  /** ISO time: by the name of the folder, or by its last change where it was renamed. */
  readonly start: string
  readonly why: string
}

/** Oldest first. A folder that is still empty is only just being made, and one without any file of a run is none. */
export function damagedRuns(runs: string): DamagedRun[] {
  const names = existsSync(runs) ? readdirSync(runs, { withFileTypes: true }) : []
  return names
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
    .flatMap(({ name }) => {
      const why = damageOf(join(runs, name))
      return why === undefined ? [] : [{ folder: join(runs, name), start: beganAt(runs, name), why }]
    })
    .toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start))
}

function damageOf(folder: string): string | undefined {
  const file = join(folder, 'run.json')
  if (!existsSync(file)) return existsSync(join(folder, 'messages.ndjson')) ? 'no run.json in it' : undefined
  try {
    runJson.parse(JSON.parse(readFileSync(file, 'utf8')))
    return undefined
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message
    return `run.json cannot be read: ${why}`
  }
}

const beganAt = (runs: string, name: string): string =>
  (TIMESTAMP_NAME.test(name) ? new Date(startOf(name)) : statSync(join(runs, name)).mtime).toISOString()
