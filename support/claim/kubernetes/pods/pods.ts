/** Pods that have a label: all of them, some, none. */
import { refuse } from '../../../core/refusal.ts'
import { plural } from '../../../core/text/text.ts'
import { type Duration, milliseconds } from '../../../core/time/duration.ts'
import { claim } from '../../../expect/claim.ts'
import type { Expectation, Judgement } from '../../../expect/expectation.ts'
import { HOLD } from '../../../expect/not.ts'
import type { LabelledPods, PodFacts } from '../../../kubernetes/pods/pods.ts'
import { known } from '../../../probe/fact.ts'
import { type PodState, podClaim } from './pod.ts'
import { seenPod } from './pod-words.ts'

/** How many of them. */
export type HowMany = 'all' | 'no' | { readonly least: number }

/** @throws UsageError for "at least 0", which always holds */
export function podsAre(howMany: HowMany, state: PodState): Expectation<LabelledPods> {
  const one = claim(podClaim(state))
  return {
    ...wording(howMany, state),
    judge: facts =>
      sum(
        howMany,
        facts,
        facts.pods.map(each => one.judge(each)),
      ),
  }
}

function wording(howMany: HowMany, state: PodState): Pick<Expectation<unknown>, 'wanted' | 'missed' | 'hold'> {
  if (howMany === 'all') return { wanted: `all ${state}`, missed: `were not all ${state}` }
  if (howMany === 'no') return { wanted: `none ${state}`, missed: `were still ${state}`, hold: HOLD }
  const { least } = howMany
  if (least === 0)
    throw refuse({
      what: `At least 0 are ${state} always: this sentence would check nothing`,
      expected: 'at least 1, or: no',
    })
  return { wanted: `at least ${least} ${state}`, missed: `were not at least ${least} ${state}` }
}

const MORE = 'there are more of them than are looked at'

function sum(howMany: HowMany, facts: LabelledPods, judged: readonly Judgement[]): Judgement {
  const { pods, isPart } = facts
  const met = judged.filter(({ verdict }) => verdict === 'met').length
  const said = { seen: seenPods(facts, judged), state: `${met} of ${pods.length}` }
  if (pods.length === 0) return { verdict: 'not-yet', ...said, neither: 'were not there' }
  const unknown = (isPart ? MORE : undefined) ?? whyUnknown(judged)
  const open = judged.length - met - judged.filter(({ verdict }) => verdict === 'unknown').length
  if (howMany === 'no') return ofNone(judged, said, unknown)
  const isMet = howMany === 'all' ? open === 0 && unknown === undefined : met >= howMany.least
  if (isMet) return { verdict: 'met', ...said, ...youngest(judged) }
  const may =
    howMany === 'all' ? open === 0 : unknown !== undefined && (isPart || judged.length - open >= howMany.least)
  return may && unknown !== undefined ? { verdict: 'unknown', ...said, why: unknown } : { verdict: 'not-yet', ...said }
}

function ofNone(judged: readonly Judgement[], said: { seen: string; state: string }, unknown?: string): Judgement {
  if (judged.some(({ verdict }) => verdict === 'met')) return { verdict: 'not-yet', ...said }
  if (unknown !== undefined) return { verdict: 'unknown', ...said, why: unknown }
  const [neither] = judged.flatMap(each => ('neither' in each && each.neither ? each.neither : []))
  return neither === undefined ? { verdict: 'met', ...said } : { verdict: 'not-yet', ...said, neither }
}

function whyUnknown(judged: readonly Judgement[]): string | undefined {
  const [why] = judged.flatMap(each => (each.verdict === 'unknown' ? each.why : []))
  return why
}

function youngest(judged: readonly Judgement[]): { settles?: Duration } {
  const all = judged.flatMap(each => (each.verdict === 'met' && each.settles ? each.settles.ms : []))
  return all.length > 0 ? { settles: milliseconds(Math.max(...all)) } : {}
}

const SHOWN = 10

/** Those first that are not as they should be. */
function seenPods({ pods, namespace, hasNamespace }: LabelledPods, judged: readonly Judgement[]): string {
  if (pods.length === 0)
    return known(hasNamespace) === false ? `there is no namespace ${namespace}` : 'there is no pod with that label'
  const order = [...pods.keys()].sort((a, b) => rank(judged[a]) - rank(judged[b]))
  const shown = order.slice(0, SHOWN).map(at => line(pods[at]))
  return [...shown, ...(pods.length > SHOWN ? [`and ${plural(pods.length - SHOWN, 'pod')} more`] : [])].join('\n')
}

const rank = (judgement: Judgement | undefined): number => (judgement?.verdict === 'met' ? 1 : 0)

const line = (facts: PodFacts | undefined): string =>
  facts ? `${facts.pod.name}  ${seenPod(facts.pod).replaceAll('\n', '; ')}` : ''
