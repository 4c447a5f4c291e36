/** What is ours in a project: `.nixcumber`, with its runs and what they were like. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lock } from '../core/files/file-lock.ts'
import { addToHistory, type History, isHistoryDamaged, openHistoryLog, readHistory } from './history/history.ts'
import type { HistoryLog } from './history/history-log.ts'
import { makeFolder, unwritable } from './write-file.ts'

/** `.nixcumber/runs/2026-05-01T12-00-00` in the project unless another place was asked for. */
export function runFolder(projectDir: string, out: string | undefined, dryRun: boolean): string {
  if (out !== undefined) return out
  const own = ownFolder(projectDir)
  if (dryRun) return join(own, 'dry-run')
  const time = new Date().toISOString().replace(/\..*/, '').replaceAll(':', '-')
  const names = [time, ...Array.from({ length: 99 }, (_, i) => `${time}-${i + 2}`)]
  return join(own, 'runs', names.find(name => isOurs(join(own, 'runs', name))) ?? time)
}

/** Makes the folder, unless it is there: of two runs that begin at once only one gets the name. */
function isOurs(folder: string): boolean {
  try {
    makeFolder(dirname(folder))
    mkdirSync(folder)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw unwritable(folder, error)
  }
}

/** What the project's scenarios were like when each was last run. */
export const recallLastRun = (projectDir: string): History | undefined => readHistory(historyFile(projectDir))

/** What a run learns while it goes on is written there at once. */
export const logRun = (projectDir: string): HistoryLog => openHistoryLog(historyFile(projectDir))

/** What it was like is there and cannot be read. */
export const isLastRunDamaged = (projectDir: string): boolean => isHistoryDamaged(historyFile(projectDir))

export interface LearnedRun {
  readonly learned: History
  /** Keys of all scenarios by the uri of each feature that was read. */
  readonly there: Parameters<typeof addToHistory>[2]
  /** All scenarios of the project were asked for. */
  readonly isWhole: boolean
  /** Goes when the history has it all. */
  readonly log?: HistoryLog
}

/**
 * Of two runs that end at once both are remembered.
 * A project that cannot be written to has no history: that is no matter for the verdict.
 */
export async function rememberLastRun(projectDir: string, { learned, there, isWhole, log }: LearnedRun): Promise<void> {
  try {
    const own = ownFolder(projectDir)
    await using _held = await lock(join(own, 'history.lock')).catch(() => undefined)
    // What a damaged one knew of the other scenarios would be taken for nothing.
    if (!isWhole && isLastRunDamaged(projectDir)) return
    addToHistory(historyFile(projectDir), learned, there)
    log?.remove()
  } catch {
    // As said.
  }
}

const historyFile = (projectDir: string): string => join(projectDir, '.nixcumber/history.json')

/** Ours in the project. Reports are nothing for its repository, and git need not be told. */
export function ownFolder(projectDir: string): string {
  const own = join(projectDir, '.nixcumber')
  if (!existsSync(own)) writeInto(own, '.gitignore', '*\n')
  return own
}

function writeInto(folder: string, name: string, text: string): void {
  try {
    makeFolder(folder)
    writeFileSync(join(folder, name), text)
  } catch (error) {
    throw unwritable(folder, error)
  }
}
