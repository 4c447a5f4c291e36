/** The phrases that every form of the report has in common. */

import { plural } from '../../core/text/text.ts'
import { formatDuration, milliseconds } from '../../core/time/duration.ts'
import type { Comparison, Flaky, Problem, RunSummary, Slower, SystemPair } from '../comparison.ts'
import type { FactChange } from '../facts.ts'
import type { Waived } from '../waiver.ts'

const MAX_NAMES_SHOWN = 8

/** `on web1, web2 and 3 more`; nothing where no machine is named. */
export function hosts(machines: readonly string[]): string {
  if (machines.length === 0) return ''
  if (machines.length <= MAX_NAMES_SHOWN) return `on ${machines.join(', ')}`
  return `on ${machines.slice(0, MAX_NAMES_SHOWN).join(', ')} and ${machines.length - MAX_NAMES_SHOWN} more`
}

/** `nginx 1.26.2 → 1.27.0`, `user mallory is new: uid 0`. */
export function change({ section, key, before, after }: FactChange): string {
  if (before === undefined) return `${section}: ${key} is new: ${after}`
  if (after === undefined) return `${section}: ${key} is gone: ${before}`
  return `${section}: ${key} ${before} → ${after}`
}

export function age({ age: { runs, since, revision } }: Problem): string {
  const at = revision === undefined ? '' : `, flake ${revision.slice(0, 10)}`
  return runs === 1 ? `since this run${at}` : `since ${when(since)}${at}, ${plural(runs, 'run')}`
}

export const when = (time: string): string => time.replace(/:\d\d(?:\.\d+)?Z$/, ' UTC').replace('T', ' ')

export const run = ({ start, state, verdict, inputs }: RunSummary): string =>
  [
    when(start),
    state === 'ended' ? verdict : `was ${state}`,
    inputs === 'offline' && !verdict?.includes('offline') ? 'offline inputs' : '',
  ]
    .filter(Boolean)
    .join('  ')

/** Whether the machine has changed or the test: undefined where the runs do not say. */
export function moved({
  moved: { flake, features },
  base,
  current,
  newFailures,
  newErrors,
}: Comparison): string | undefined {
  if (flake === undefined && features === undefined) return undefined
  const news = newFailures.length + newErrors.length > 0
  const [from, to] = [base?.revision?.slice(0, 10), current.revision?.slice(0, 10)]
  const revisions = from && to && from !== to ? ` (${from} → ${to})` : ''
  if (features === false && flake === false)
    return `Neither the flake nor the features have changed${news ? ': the machine has, or what it depends on' : ''}`
  if (features === false)
    return `The features have not changed${flake ? `, the flake has${revisions}` : news ? ': the machine has' : ''}`
  if (features && flake) return `Both the flake${revisions} and the features have changed`
  return features
    ? `The features have changed${flake === false ? ', the flake has not' : ''}`
    : `The flake has changed${revisions}`
}

export function system({ machine, before, after, transports }: SystemPair): string | undefined {
  if (before === undefined || after === undefined) return undefined
  if (transports)
    return before === after
      ? `${machine}: the host runs the very system that was judged in QEMU`
      : `${machine}: the host does not run the system that was judged in QEMU: ${before} there, ${after} here`
  return before === after ? undefined : `${machine}: another system: ${before} → ${after}`
}

export const slower = ({ scenario, milliseconds: now, usually }: Slower): string =>
  `${scenario}  ${formatDuration(milliseconds(now))}, usually ${formatDuration(milliseconds(usually))}`

export const flaky = ({ scenario, now, why }: Flaky): string =>
  `${scenario}  ${why}${now === 'held' ? '' : '; bad now'}`

const SOON = 14

export function waiver({ waiver: { scenario, machine, reason, until }, state, days }: Waived): string {
  const what = `${scenario}${machine === undefined ? '' : ` on ${machine}`}  ${reason}`
  if (state === 'unused') return `${what}; no scenario is meant by it`
  if (state === 'passing') return `${what}; it holds now: the waiver is not needed any more`
  if (state === 'expired') return `${what}; over since ${until}: it counts again`
  return days !== undefined && days <= SOON
    ? `${what}; ends in ${plural(days, 'day')}, ${until}`
    : `${what}${until ? `; until ${until}` : ''}`
}
