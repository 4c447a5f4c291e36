/** What a project's scenarios were like when each was last run: how long, and whether it held. Small, and nothing breaks without it. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { withoutMachine } from '../scenario-key.ts'
import { writeAtomically } from '../write-file.ts'
import { HistoryLog, type ReadLog, readHistoryLogs } from './history-log.ts'

/** By the key of scenario-key.ts. */
export type History = Readonly<Record<string, Known>>

interface Known {
  /** Absent when it ran in shards only, and they were not merged. */
  readonly milliseconds?: number
  readonly held: boolean
}

/** Nothing when no run was recorded, or when the file is damaged. Runs that go on or were killed are in it as far as they came. */
export function readHistory(file: string): History | undefined {
  const logs = readHistoryLogs(logsOf(file))
  const stored = readStored(file)
  return stored === undefined && logs.length === 0 ? undefined : withLogs(stored ?? {}, logs)
}

/** It is there and cannot be read: what did not hold is not known. */
export const isHistoryDamaged = (file: string): boolean => existsSync(file) && readStored(file) === undefined

export const openHistoryLog = (file: string): HistoryLog => new HistoryLog(logsOf(file))

const logsOf = (file: string): string => file.replace(/\.json$/, '')

function withLogs(history: History, logs: readonly ReadLog[]): History {
  const all: Record<string, Known> = { ...history }
  for (const { learned } of logs)
    for (const [key, held] of learned) if (held !== undefined) all[key] = { ...all[key], held }
  return all
}

function readStored(file: string): History | undefined {
  try {
    const { format, scenarios } = JSON.parse(readFileSync(file, 'utf8')) as { format?: unknown; scenarios?: unknown }
    return format === 1 && typeof scenarios === 'object' && scenarios ? known(Object.entries(scenarios)) : undefined
  } catch {
    return undefined
  }
}

/** By hand: each run ends here, and need not load zod for it. */
const known = (entries: readonly [string, { held?: unknown; milliseconds?: unknown } | null][]): History =>
  Object.fromEntries(
    entries.flatMap(([key, value]) => {
      if (typeof value?.held !== 'boolean') return []
      const { held, milliseconds } = value
      return [[key, { held, ...(typeof milliseconds === 'number' ? { milliseconds } : {}) }]]
    }),
  )

/** Without new durations: a shard must not change by what the others are cut. */
export const withoutDurations = (learned: History, before: History = {}): History =>
  Object.fromEntries(Object.entries(learned).map(([key, { held }]) => [key, { ...before[key], held }]))

/**
 * Adds what a run has learned; scenarios that did not run keep what was known.
 * @param there keys of all scenarios by the uri of each feature that was read: what is gone from them is forgotten, but a machine
 * of another inventory is not gone
 */
export function addToHistory(file: string, learned: History, there: ReadonlyMap<string, ReadonlySet<string>>): void {
  if (Object.keys(learned).length === 0) return
  const isThere = (key: string): boolean => {
    const uri = key.slice(0, key.indexOf(': '))
    const keys = there.get(uri)
    const bare = withoutMachine(key)
    return keys === undefined || keys.has(key) || (bare !== key && multiplied(uri, keys).has(bare))
  }
  const known = new Map<string, ReadonlySet<string>>()
  const multiplied = (uri: string, keys: ReadonlySet<string>): ReadonlySet<string> => {
    const bare = known.get(uri) ?? new Set([...keys].filter(each => withoutMachine(each) !== each).map(withoutMachine))
    known.set(uri, bare)
    return bare
  }
  const ended = readHistoryLogs(logsOf(file)).filter(({ isLiving }) => !isLiving)
  const before = Object.entries(withLogs(readStored(file) ?? {}, ended)).filter(([key]) => isThere(key))
  const scenarios = { ...Object.fromEntries(before), ...learned }
  writeAtomically(file, `${JSON.stringify({ format: 1, scenarios }, undefined, 1)}\n`)
  for (const log of ended) rmSync(log.file, { force: true })
}
