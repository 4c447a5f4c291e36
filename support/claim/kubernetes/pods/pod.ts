import { type Duration, seconds } from '../../../core/time/duration.ts'
import type { Claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import type { Namespaced } from '../../../kubernetes/objects/namespaced.ts'
import type { Container } from '../../../kubernetes/pods/container.ts'
import type { Pod } from '../../../kubernetes/pods/pod.ts'
import type { PodFacts } from '../../../kubernetes/pods/pods.ts'
import { known, whyUnknown } from '../../../probe/fact.ts'
import { type Since, whyStale } from '../nodes/node-liveness.ts'
import { ofObject } from '../objects.ts'
import { isReady, restartsOf, seenPod, statusOf } from './pod-words.ts'

export type PodState = 'Ready' | 'Running' | 'Completed'

/**
 * Of a pod that is there. One that is told to end, and one whose containers are started again and again, is neither Ready nor not; what it has
 * last said is not known to be so when its node is not heard of any more.
 */
export const podIs = (state: PodState): Expectation<Namespaced<PodFacts>> => ofObject(podClaim(state))

export function podClaim(state: PodState): Claim<PodFacts> {
  const lives = stillSaid(state)
  return {
    wanted: state,
    missed: `was not ${state}`,
    unknown: facts => unreadable(facts) ?? (HOLDS[state](facts) ? lives(facts) : undefined),
    between: facts => between(facts, state),
    holds: HOLDS[state],
    ...(state !== 'Completed' && { settles: settlesIn }),
    seen: ({ pod }) => seenPod(pod),
    state: ({ pod }) => statusOf(pod),
    hopeless: facts => whyNever(facts, state),
  }
}

const HOLDS: Readonly<Record<PodState, (facts: PodFacts) => boolean>> = {
  Ready: ({ pod }) => isReady(pod),
  Running: ({ pod }) =>
    known(pod.phase) === 'Running' && known(pod.containers)?.every(({ state }) => state.is === 'running') === true,
  Completed: ({ pod }) => known(pod.phase) === 'Succeeded',
}

const unreadable = ({ pod }: PodFacts): string | undefined => {
  if (known(pod.phase) === 'Unknown') return 'its phase is Unknown: its node says nothing'
  return [pod.phase, pod.conditions, pod.containers, pod.initContainers].map(whyUnknown).find(why => why !== undefined)
}

/**
 * By the lease of its node. Where that may not be read, the cluster takes back Ready by itself in less than a minute, but never Running; what has
 * ended stays so.
 */
function stillSaid(state: PodState): (facts: PodFacts) => string | undefined {
  const first = new Map<string, Since>()
  return ({ pod: { node }, lease, now }) => {
    const is = known(lease)
    if (state === 'Completed') return undefined
    if (is === undefined)
      return state === 'Running' ? `whether its node lives cannot be told: ${whyUnknown(lease)}` : undefined
    const since = first.get(node) ?? { renewed: is.renewed }
    first.set(node, since)
    const why = whyStale({ name: node, others: [], lease, now }, since)
    return why && `its node ${node}: ${why}`
  }
}

function between(facts: PodFacts, state: PodState): string | undefined {
  if (state === 'Completed') return undefined
  if (facts.pod.isEnding) return 'was being deleted'
  return keepsRestarting(facts) ? 'kept restarting' : undefined
}

const OFTEN = 3
/** Seconds that the present start of a container must have lasted: after one or two restarts, and after more. */
const SETTLED = { once: 3, often: 30 } as const

/** Waits to be started again, or was so short a time ago that it may fall over once more. */
function keepsRestarting({ pod, now }: PodFacts): boolean {
  const isYoung = ({ state, restarts }: Container): boolean =>
    state.is === 'running' && restarts > 0 && now - state.since < (restarts < OFTEN ? SETTLED.once : SETTLED.often)
  return waitsToRestart(pod) || (known(pod.containers) ?? []).some(isYoung)
}

/** One of its containers has ended, and the kubelet starts it again: `CrashLoopBackOff`, or soon. */
export const waitsToRestart = ({ containers, phase, restartPolicy }: Pod): boolean =>
  known(phase) === 'Running' &&
  (known(containers) ?? []).some(({ state, before }) => {
    if (state.is === 'terminated')
      return known(restartPolicy) === 'Always' || (known(restartPolicy) === 'OnFailure' && state.exitCode !== 0)
    return state.is === 'waiting' && before !== undefined
  })

/** In the first run of a loop nothing was counted yet: what is young is looked at once more. */
function settlesIn({ pod, now }: PodFacts): Duration | undefined {
  if (restartsOf(pod) > 0 || known(pod.restartPolicy) === 'Never') return undefined
  const ages = (known(pod.containers) ?? []).flatMap(({ state }) => (state.is === 'running' ? now - state.since : []))
  const youngest = Math.min(...ages, SETTLED.once)
  return youngest < SETTLED.once ? seconds(Math.min(SETTLED.once, SETTLED.once - youngest)) : undefined
}

/** Of what something makes anew, another one may come under the same name. */
function whyNever({ pod }: PodFacts, state: PodState): string | undefined {
  const phase = known(pod.phase)
  if (pod.isOwned || (phase !== 'Succeeded' && phase !== 'Failed')) return undefined
  if (state === 'Completed') return phase === 'Failed' ? `it has failed (${statusOf(pod)})` : undefined
  return `it has ended (${statusOf(pod)})`
}
