/** Two runs made into what is new. Pure: everything that was read is handed over. */

import type { DamagedRun } from '../record/history/damaged-runs.ts'
import type { Case, ComparedRun } from './compared-run.ts'
import type { Comparison, Flaky, Problem, RunSummary, Slower, SystemPair } from './comparison.ts'
import { changedFacts } from './facts.ts'
import { type Pair, pairUp } from './pairs.ts'
import { comesAndGoes, type PastRun, usualTime } from './past.ts'
import { problemOf } from './problem.ts'
import { verdictOf } from './verdict.ts'
import { isMeant, isOver, type Waiver, waived } from './waiver.ts'

export interface Material {
  /** Absent: there is nothing to compare with, and everything that is bad counts as new. */
  readonly base?: ComparedRun
  readonly current: ComparedRun
  /** Runs before the current one, oldest first. */
  readonly past: readonly PastRun[]
  /** Runs between the two whose record cannot be read. */
  readonly damaged?: readonly DamagedRun[]
  readonly waivers: readonly Waiver[]
  readonly now: Date
  /** What is old counts as well. */
  readonly strict: boolean
}

export function compare({ base, current, past, damaged = [], waivers, now, strict }: Material): Comparison {
  const other = base && otherwise(base, current)
  const { pairs, vanished, ...lists } = pairUp(base, current)
  const systems = systemsOf(base, current)
  const differs = (machine: string): boolean => systems.find(each => each.machine === machine)?.transports ?? false
  const facts = base ? changedFacts(base.facts, current.facts, differs) : []
  const judged = other === undefined ? pairs.filter(({ now }) => isJudged(now)) : []
  const accepted = ({ now: each }: Pair): boolean =>
    waivers.some(waiver => isMeant(waiver, each) && !isOver(waiver, now))
  const bad = judged.filter(pair => pair.now.outcome !== 'held' && !accepted(pair))
  const problems = (wanted: Kind): Problem[] =>
    bad.filter(pair => kindOf(pair) === wanted).map(pair => problemOf(pair, { current, past, facts }))
  const incomplete = whyIncomplete(current)
  const unjudged = pairs.filter(({ now }) => !isJudged(now))
  const found: Omit<Comparison, 'verdict'> = {
    ...(base ? { base: summaryOf(base) } : {}),
    current: summaryOf(current),
    moved: base ? movedOf(base, current) : {},
    systems,
    newFailures: problems('new failure'),
    newErrors: problems('new error'),
    stillFailing: problems('old'),
    fixed: judged.flatMap(fixedOf),
    flaky: judged.flatMap(pair => flakyOf(pair, past)),
    waived: waived(
      waivers,
      judged.map(({ now }) => now),
      now,
    ),
    facts,
    slower: judged.flatMap(pair => slowerOf(pair, past)),
    ...lists,
    notComparable: [
      ...(other === undefined ? [] : [{ scenario: 'all', reason: other }]),
      ...unjudged.map(({ now }) => ({ scenario: now.key, reason: whyUnjudged(now, current) })),
      ...(incomplete === undefined ? [] : [{ scenario: 'all of the current run', reason: incomplete }]),
      ...lists.notComparable,
      ...damaged.map(({ folder, why }) => ({ scenario: `all of ${folder}`, reason: `its record is damaged: ${why}` })),
    ],
    held: judged.filter(({ now, then }) => now.outcome === 'held' && (!base || then?.outcome === 'held')).length,
  }
  const unseen =
    unjudged.filter(({ now, then }) => now.outcome !== 'skipped' || then?.outcome !== 'skipped').length +
    (incomplete === undefined ? 0 : 1) +
    vanished
  return { verdict: verdictOf(found, { strict, judged: judged.length, unseen }), ...found }
}

/** Runs that say nothing of each other. Another transport is no such reason: it is what one wants to know. */
function otherwise(base: ComparedRun, current: ComparedRun): string | undefined {
  const words = { offline: 'look-alike inputs (a rehearsal)', real: 'real inputs' }
  const [then, now] = [base.run.inputs, current.run.inputs]
  if (then !== now) return `the base had ${words[then]}, the current run ${words[now]}`
  const dry = [base, current].find(({ run }) => run.command.includes('--dry-run'))
  return dry ? `${dry === base ? 'the base' : 'the current run'} only looked at the steps (--dry-run)` : undefined
}

/** Why there may be more in a run than its messages say. */
function whyIncomplete({ state, run, finished, torn, cases }: ComparedRun): string | undefined {
  if (state !== 'ended') return state === 'killed' ? 'the run was killed' : 'the run still goes on'
  if (!finished || torn) return 'its messages come to no end: it was stopped, or some are lost'
  const isBad = [...cases.values()].some(({ outcome }) => outcome !== 'held' && outcome !== 'skipped')
  return !run.exitCode || isBad ? undefined : `it ended with "${run.verdict}", which its messages do not say`
}

const isJudged = ({ outcome, attempts }: Case): boolean =>
  attempts > 0 && outcome !== 'skipped' && outcome !== 'unfinished'

function whyUnjudged({ outcome, attempts }: Case, { state }: ComparedRun): string {
  if (state === 'killed') return 'the current run was killed before it was judged'
  if (outcome === 'unfinished' || attempts === 0) return 'the current run was stopped before it was judged'
  return 'left out in the current run'
}

type Kind = 'new failure' | 'new error' | 'old'

/** Who could not look is another matter than who saw something bad: from the one to the other is new. */
function kindOf({ now, then }: Pair): Kind {
  const wasBad = then !== undefined && isJudged(then) && then.outcome !== 'held'
  if (now.outcome === 'failed') return wasBad && then.outcome === 'failed' ? 'old' : 'new failure'
  return wasBad && then.outcome !== 'failed' ? 'old' : 'new error'
}

function fixedOf({ now, then }: Pair): Comparison['fixed'][number][] {
  if (now.outcome !== 'held' || !then || !isJudged(then) || then.outcome === 'held') return []
  const said = then.steps.find(({ outcome }) => outcome === then.outcome)?.message
  const was = said?.trim().split('\n', 1)[0] ?? 'it did not hold'
  return [{ scenario: now.key, ...(now.machine === undefined ? {} : { machine: now.machine }), was }]
}

function flakyOf({ now }: Pair, past: readonly PastRun[]): Flaky[] {
  const { key, outcome, attempts } = now
  if (outcome === 'held')
    return attempts > 1 ? [{ scenario: key, now: outcome, why: `held only at attempt ${attempts}` }] : []
  return comesAndGoes(key, past, outcome)
    ? [{ scenario: key, now: outcome, why: 'held and did not hold by turns in the last runs' }]
    : []
}

const TWICE = 2
const MUCH = 5000

function slowerOf({ now, then }: Pair, past: readonly PastRun[]): Slower[] {
  if (now.outcome !== 'held') return []
  const usually = usualTime(now.key, past) ?? (then?.outcome === 'held' ? then.milliseconds : undefined)
  if (usually === undefined) return []
  const isSlower = now.milliseconds > usually * TWICE && now.milliseconds - usually > MUCH
  return isSlower
    ? [{ scenario: now.key, milliseconds: Math.round(now.milliseconds), usually: Math.round(usually) }]
    : []
}

const summaryOf = ({ folder, run, state }: ComparedRun): RunSummary => ({
  ...{ folder, state, start: run.start, inputs: run.inputs },
  ...(run.verdict === undefined ? {} : { verdict: run.verdict }),
  ...(run.flake?.revision === undefined ? {} : { revision: run.flake.revision }),
})

function movedOf(base: ComparedRun, current: ComparedRun): Comparison['moved'] {
  const [then, now] = [base.run, current.run]
  const flakeOf = ({ flake }: ComparedRun['run']): string | undefined => flake?.narHash ?? flake?.revision
  const [old, fresh] = [flakeOf(then), flakeOf(now)]
  return {
    ...(old === undefined || fresh === undefined ? {} : { flake: old !== fresh }),
    ...(then.features && now.features ? { features: then.features.hash !== now.features.hash } : {}),
  }
}

/** The system that a machine has: of a live host what runs, of one in QEMU what was judged and would be installed. */
function systemsOf(base: ComparedRun | undefined, current: ComparedRun): SystemPair[] {
  return Object.keys(current.run.machines).map(machine => {
    const [then, now] = [base && systemOf(base, machine), systemOf(current, machine)]
    return {
      machine,
      ...(then?.path === undefined ? {} : { before: then.path }),
      ...(now?.path === undefined ? {} : { after: now.path }),
      transports: then !== undefined && now !== undefined && then.live !== now.live,
    }
  })
}

function systemOf({ run }: ComparedRun, machine: string): { live: boolean; path?: string } | undefined {
  const known = run.machines[machine]
  if (!known) return undefined
  const live = known.driver === 'ssh'
  const path = (live ? undefined : run.toplevels[machine]) ?? known.running
  return { live, ...(path === undefined ? {} : { path: String(path) }) }
}
