/** The runs of a project, each a folder: all of them, or the one that a word means. What a killed run left is there too, and says so. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { EnvironmentBroken } from '../../core/errors.ts'
import { isProcessAlive } from '../../core/files/process-identity.ts'
import { refuse } from '../../core/refusal.ts'
import { rows } from '../../core/text/text.ts'
import { coversPartOf } from '../merge/part.ts'
import { type RunJson, runJson } from '../run/run-json.ts'
import { type DamagedRun, damagedRuns } from './damaged-runs.ts'

export interface FoundRun {
  readonly folder: string
  readonly run: RunJson
  /** `killed`: it came to no end, and its process is gone. */
  readonly state: 'ended' | 'going on' | 'killed'
}

const WORDS = 'last, last-good, a day (2026-11-22), a time (2026-11-22T03:00), or the folder of a run'

/** Oldest first. What is no run, or is only just being made, is left out; for records that cannot be read see `damagedRuns`. */
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
 * @throws UsageError when there is none, with those that there are; EnvironmentBroken when the word may mean one whose record is damaged
 */
export function findRun(word: string, runs: string, than?: FoundRun): FoundRun {
  const isMeant = meaningOf(word, than !== undefined)
  if (!isMeant) return named(word, runs)
  const all = listRuns(runs)
  const found = basesOf(all, than).findLast(({ run }) => isMeant(run.start, run))
  // An older base says less, and nothing that is not so; an older run in place of the newest would be taken for it.
  const damaged = than ? undefined : damagedSince(runs, found).find(({ start }) => isMeant(start))
  if (damaged) throw damagedRecord(word, damaged)
  return found ?? missing(word, all, than)
}

/** The last good run before that one; undefined when there is none yet. */
export const lastGood = (runs: string, than: FoundRun): FoundRun | undefined => lastGoodOf(listRuns(runs), than)

export const lastGoodOf = (all: readonly FoundRun[], than?: FoundRun): FoundRun | undefined =>
  basesOf(all, than).findLast(({ run }) => isGood(run) && coversPartOf(run, than?.run))

/** The newest good run that says as much as that one, itself included; of all that was ever asked for without one. */
export const newestGoodFor = (all: readonly FoundRun[], than?: FoundRun): FoundRun | undefined =>
  all.findLast(({ run }) => isGood(run) && coversPartOf(run, than?.run))

/** With which a run can be compared; without one, all that words may mean. */
const basesOf = (all: readonly FoundRun[], than: FoundRun | undefined): FoundRun[] =>
  before(all, than).filter(({ run }) => !than || coversPartOf(run, than.run))

/** Those whose record cannot be read, begun after that run (or within its second: folders are named by seconds) and before the other. */
export const damagedSince = (runs: string, since: FoundRun | undefined, than?: FoundRun): DamagedRun[] =>
  damagedRuns(runs).filter(({ start }) => {
    const began = Date.parse(start)
    const isLater = !since || began > Date.parse(since.run.start) - 1000
    return isLater && (!than || began < Date.parse(than.run.start))
  })

function damagedRecord(word: string, { folder, why }: DamagedRun): EnvironmentBroken {
  const said = rows({
    Expected: `the run that "${word}" means`,
    Got: `${folder}: ${why}`,
    Next: 'name a run by its folder, or remove the damaged one',
  })
  return new EnvironmentBroken(`The record of ${basename(folder)} is damaged\n${said}`.trimEnd())
}

/** Whole runs that are over; a rehearsal with offline inputs and a run with the real ones say nothing of each other. */
export const before = (all: readonly FoundRun[], than: FoundRun | undefined): FoundRun[] =>
  all
    .filter(({ run, state }) => state !== 'going on' && !run.shard)
    .filter(each => !than || (inOrder(each, than) < 0 && each.run.inputs === than.run.inputs))

/** Of a run whose record is damaged only the start is known: it may have been good. */
type Meaning = (start: string, run?: RunJson) => boolean

/** @param isBase it is to be compared with another run, whose part it covers */
function meaningOf(word: string, isBase: boolean): Meaning | undefined {
  if (word === 'last') return () => true
  if (word === 'last-good') return (_, run) => !run || (isGood(run) && (isBase || run.part === undefined))
  if (/^\d{4}-\d\d-\d\d$/.test(word)) {
    moment(`${word}T00:00`, word)
    return start => localDay(start) === word
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(word)) return undefined
  const by = moment(word, word)
  return start => Date.parse(start) <= by
}

const isGood = ({ end, exitCode }: RunJson): boolean => end !== undefined && exitCode === 0

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
    expected: than?.run.part ? `${WORDS}; of the same part, or of the whole` : `${WORDS}; of the whole, not of a part`,
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
function wordOf({ verdict = 'ended', shard, part }: RunJson, state: FoundRun['state']): string {
  const word = state === 'ended' ? verdict.replace(/ {2}.*/, '') : state
  const rest = [...(shard ? [`shard ${shard.index}/${shard.count}`] : []), ...(part ? [`only ${part.join(' ')}`] : [])]
  return [word, ...rest].join(', ')
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
