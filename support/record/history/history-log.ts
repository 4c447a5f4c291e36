/**
 * What a run learns of its scenarios while it goes on: a line when one starts and when it ends, on disk at once. A run that is killed has
 * written no history, and what it began and what did not hold must not be forgotten.
 */
import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isProcessAlive, processIdentity } from '../../core/files/process-identity.ts'
import { makeFolder } from '../write-file.ts'

/** By the key of scenario-key.ts: whether it held; undefined where it was left out and nothing was learned. */
type Learned = ReadonlyMap<string, boolean | undefined>

export class HistoryLog {
  readonly #file: string
  #isOpen = false

  /** @param folder of the logs of this project's runs */
  constructor(folder: string) {
    this.#file = join(folder, `${Date.now()}-${process.pid}.ndjson`)
  }

  /** Until it ends it is taken not to have held. */
  started(key: string): void {
    this.#write({ key, held: false })
  }

  ended(key: string, held: boolean | undefined): void {
    this.#write({ key, ...(held === undefined ? {} : { held }) })
  }

  /** The history has it all. */
  remove(): void {
    rmSync(this.#file, { force: true })
  }

  /** A project that cannot be written to has no history: that is no matter for the verdict. */
  #write(line: object): void {
    try {
      if (!this.#isOpen) makeFolder(dirname(this.#file))
      const first = this.#isOpen ? '' : `${JSON.stringify({ runner: processIdentity(process.pid) })}\n`
      appendFileSync(this.#file, `${first}${JSON.stringify(line)}\n`)
      this.#isOpen = true
    } catch {
      // As said.
    }
  }
}

export interface ReadLog {
  readonly file: string
  /** The run that writes it still goes on. */
  readonly isLiving: boolean
  readonly learned: Learned
}

/** Oldest first. */
export const readHistoryLogs = (folder: string): ReadLog[] =>
  names(folder)
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map(name => readLog(join(folder, name)))

/** A line that a killed run has not written to its end says nothing. */
function readLog(file: string): ReadLog {
  let isLiving = false
  const learned = new Map<string, boolean | undefined>()
  for (const { runner, key, held } of linesOf(file)) {
    if (typeof runner === 'string') isLiving = isProcessAlive(runner)
    if (typeof key === 'string') learned.set(key, typeof held === 'boolean' ? held : undefined)
  }
  return { file, isLiving, learned }
}

function linesOf(file: string): Record<string, unknown>[] {
  try {
    return readFileSync(file, 'utf8').split('\n').flatMap(objectOf)
  } catch {
    return []
  }
}

function objectOf(line: string): Record<string, unknown>[] {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? [value as Record<string, unknown>] : []
  } catch {
    return []
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => /^\d+-\d+\.ndjson$/.test(name))
  } catch {
    return []
  }
}
