/** Which scenario of one run is which of the other. Pure. */
import type { Case, ComparedRun } from './compared-run.ts'

export interface Pair {
  readonly now: Case
  /** Absent: it was not there. */
  readonly then?: Case
}

export interface Pairs {
  readonly pairs: readonly Pair[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly renamed: readonly { readonly from: string; readonly to: string }[]
  readonly notComparable: readonly { readonly scenario: string; readonly reason: string }[]
  /** Scenarios of machines that the current run has not judged at all. */
  readonly vanished: number
}

/** A scenario with another name and the same steps was renamed, if there is just one such. */
export function pairUp(base: ComparedRun | undefined, current: ComparedRun): Pairs {
  const before = base?.cases ?? new Map<string, Case>()
  const fresh = [...current.cases.values()].filter(({ key }) => !before.has(key))
  const gone = [...before.values()].filter(({ key }) => !current.cases.has(key))
  const leftOut = gone.filter(each => isThere(current, each))
  const missing = gone.filter(each => !isThere(current, each))
  const waiting = fresh.filter(each => base && isThere(base, each)).map(({ key }) => key)
  const former = renames(
    fresh.filter(({ key }) => !waiting.includes(key)),
    missing,
  )
  const renamed = [...former].map(([to, { key }]) => ({ from: key, to }))
  const taken = new Set(renamed.map(({ from }) => from))
  const vanished = base ? missing.filter(each => !taken.has(each.key) && hasVanished(current, each)) : []
  const unread = missing.filter(each => !taken.has(each.key) && !current.there.has(each.uri))
  return {
    pairs: [...current.cases.values()].map(now => {
      const then = before.get(now.key) ?? former.get(now.key)
      return then ? { now, then } : { now }
    }),
    added: fresh.filter(({ key }) => !former.has(key) && base && !waiting.includes(key)).map(({ key }) => key),
    removed: missing
      .filter(each => !taken.has(each.key) && !unread.includes(each) && !vanished.includes(each))
      .map(({ key }) => key),
    vanished: vanished.length,
    renamed,
    notComparable: [
      ...leftOut.map(({ key }) => ({ scenario: key, reason: reasonLeftOut(current, 'current') })),
      ...(base ? waiting.map(key => ({ scenario: key, reason: reasonLeftOut(base, 'base') })) : []),
      ...vanished.map(({ key, machine }) => ({
        scenario: key,
        reason: `machine ${machine} was not judged in the current run`,
      })),
      ...unread.map(({ key }) => ({ scenario: key, reason: 'its feature was not part of the current run' })),
    ],
  }
}

/** The feature still has it, though it was not chosen to run. Of a machine that is no more, nothing is there. */
function isThere({ there, cases, run }: ComparedRun, { uri, key, machine }: Case): boolean {
  const keys = there.get(uri)
  if (keys?.has(key)) return true
  const suffix = ` @ ${machine}`
  if (machine === undefined || !key.endsWith(suffix) || !keys?.has(key.slice(0, -suffix.length))) return false
  return (
    run.command.includes('--on') || ![...cases.values()].some(each => each.uri === uri && each.machine !== undefined)
  )
}

/** Its scenarios are still there, for other machines: an inventory that has lost a host must not look good. */
const hasVanished = ({ there, cases }: ComparedRun, { uri, key, machine }: Case): boolean =>
  machine !== undefined &&
  key.endsWith(` @ ${machine}`) &&
  there.has(uri) &&
  ![...cases.values()].some(each => each.machine === machine)

const CHOOSING = ['--tags', '--name', '--from', '--last-failed', '--shard', '--on', '--fail-fast']

function reasonLeftOut({ run, state }: ComparedRun, which: 'base' | 'current'): string {
  const chosen = CHOOSING.filter(option => run.command.some(word => word === option || word.startsWith(`${option}=`)))
  if (run.shard) return `not in the part that the ${which} run was: shard ${run.shard.index}/${run.shard.count}`
  if (chosen.length > 0) return `left out of the ${which} run by ${chosen.join(', ')}`
  return state === 'killed' ? `the ${which} run was killed before it` : `not chosen in the ${which} run`
}

function renames(fresh: readonly Case[], gone: readonly Case[]): Map<string, Case> {
  const id = ({ body, machine }: Case): string => `${body} ${machine ?? ''}`
  const once = (cases: readonly Case[]): Map<string, Case> => {
    const seen = new Map<string, Case | undefined>()
    for (const each of cases) seen.set(id(each), seen.has(id(each)) ? undefined : each)
    return new Map([...seen].flatMap(([key, value]) => (value ? [[key, value] as const] : [])))
  }
  const [news, olds] = [once(fresh), once(gone)]
  return new Map(
    [...news].flatMap(([key, { key: to }]) => {
      const old = olds.get(key)
      return old ? [[to, old] as const] : []
    }),
  )
}
