/** The runs of a project, each a folder: all of them, or the one that a word means. What a killed run left is there too, and says so. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { isProcessAlive } from '../core/process-identity.ts'
import { refuse } from '../core/refusal.ts'
import { type RunJson, runJson } from './run-json.ts'

export interface FoundRun {
  readonly folder: string
  readonly run: RunJson
  /** `killed`: it came to no end, and its process is gone. */
  readonly state: 'ended' | 'going on' | 'killed'
}

const WORDS = 'last, last-good, a day (2026-11-22), a time (2026-11-22T03:00), or the folder of a run'

/** Oldest first. What is no run, or is only just being made, is left out. */
export function listRuns(runs: string): FoundRun[] {
  const names = existsSync(runs) ? readdirSync(runs, { withFileTypes: true }) : []
  return names
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
    .flatMap(({ name }) => readFound(join(runs, name)) ?? [])
    .toSorted(inOrder)
}

/**
 * The run that a word means: `last` and `last-good`, the last of a day in local time, the last begun by a moment, or a folder: a path,
 * or a name among the runs. Words mean whole runs that are over: no shard, and none that still goes on.
 * @param than words mean runs begun before this one, with inputs of the same kind
 * @throws UsageError when there is none, with those that there are
 */
export function findRun(word: string, runs: string, than?: FoundRun): FoundRun {
  const meant = meaningOf(word)
  if (!meant) return named(word, runs)
  const all = listRuns(runs)
  return before(all, than).findLast(meant) ?? missing(word, all, than)
}

/** The last good run before that one; undefined when there is none yet. */
export const lastGood = (runs: string, than: FoundRun): FoundRun | undefined =>
  before(listRuns(runs), than).findLast(each => meaningOf('last-good')?.(each))

/** Whole runs that are over; a rehearsal with offline inputs and a run with the real ones say nothing of each other. */
export const before = (all: readonly FoundRun[], than: FoundRun | undefined): FoundRun[] =>
  all
    .filter(({ folder, run, state }) => state !== 'going on' && !run.shard && folder !== than?.folder)
    .filter(each => !than || (inOrder(each, than) < 0 && each.run.inputs === than.run.inputs))

function meaningOf(word: string): ((found: FoundRun) => boolean) | undefined {
  if (word === 'last') return () => true
  if (word === 'last-good') return ({ run }) => run.end !== undefined && run.exitCode === 0
  if (/^\d{4}-\d\d-\d\d$/.test(word)) {
    moment(`${word}T00:00`, word)
    return ({ run }) => localDay(run.start) === word
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(word)) return undefined
  const by = moment(word, word)
  return ({ run }) => Date.parse(run.start) <= by
}

function moment(text: string, word: string): number {
  const time = new Date(text)
  // 2026-02-31 is taken for a day in March.
  if (!Number.isNaN(time.getTime()) && (text.length > 16 || localDay(time) === word.slice(0, 10))) return time.getTime()
  throw refuse({ what: `${word} is no moment in time`, expected: WORDS, got: word })
}

function localDay(time: string | Date): string {
  const day = new Date(time)
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map(part => String(part).padStart(2, '0')).join('-')
}

function named(word: string, runs: string): FoundRun {
  const folder = [resolve(word), join(runs, word)].find(path => existsSync(join(path, 'run.json')))
  const found = folder && readFound(folder)
  if (found) return found
  throw refuse({
    what: folder ? `run.json in ${word} is none of nixcumber's` : `${word} is no recorded run`,
    expected: WORDS,
    got: word,
    known: ['last', 'last-good', ...newest(listRuns(runs))],
  })
}

function missing(word: string, all: readonly FoundRun[], than: FoundRun | undefined): never {
  const before = than ? ` before ${basename(than.folder)}` : ''
  throw refuse({
    what: word === 'last-good' ? `No run was good${before}` : `There is no run for "${word}"${before}`,
    expected: WORDS,
    known: newest(all),
    ...(all.length === 0 ? { next: 'nixcumber run' } : {}),
  })
}

const MAX_RUNS_SHOWN = 10

const newest = (all: readonly FoundRun[]): string[] =>
  all
    .slice(-MAX_RUNS_SHOWN)
    .reverse()
    .map(({ folder, run, state }) => `${basename(folder)} (${wordOf(run, state)})`)

/** The beginning of the verdict: `NO-GO`. */
function wordOf({ verdict = 'ended', shard }: RunJson, state: FoundRun['state']): string {
  const word = state === 'ended' ? verdict.replace(/ {2}.*/, '') : state
  return shard ? `${word}, shard ${shard.index}/${shard.count}` : word
}

function readFound(folder: string): FoundRun | undefined {
  try {
    const run = runJson.parse(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')))
    const living = run.runner !== undefined && isProcessAlive(run.runner)
    return { folder, run, state: run.end === undefined ? (living ? 'going on' : 'killed') : 'ended' }
  } catch {
    return undefined
  }
}

/** By their start; runs begun in the same second by their names, which count on. */
const inOrder = (a: FoundRun, b: FoundRun): number =>
  Date.parse(a.run.start) - Date.parse(b.run.start) ||
  basename(a.folder).localeCompare(basename(b.folder), 'en', { numeric: true })
