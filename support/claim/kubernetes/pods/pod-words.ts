/** A pod in a few words, as `kubectl get pods` has it, and what more is known of why. */
import { plural } from '../../../core/text/text.ts'
import { visible } from '../../../core/text/visible.ts'
import type { Container } from '../../../kubernetes/pods/container.ts'
import type { Pod } from '../../../kubernetes/pods/pod.ts'
import { known } from '../../../probe/fact.ts'

const LONGEST = 300

/** `CrashLoopBackOff`, `Init:ImagePullBackOff`, `Terminating`, `Running`. */
export function statusOf(pod: Pod): string {
  if (pod.isEnding) return 'Terminating'
  const init = troubled(known(pod.initContainers))
  if (init) return `Init:${init}`
  return visible(pod.reason || troubled(known(pod.containers)) || known(pod.phase) || 'unknown')
}

/** Why one of them does not run. */
function troubled(containers: readonly Container[] = []): string | undefined {
  const reasons = containers.map(({ state }) => {
    if (state.is === 'waiting') return state.reason
    return state.is === 'terminated' && state.exitCode !== 0 ? state.reason || 'Error' : ''
  })
  return reasons.find(Boolean)
}

/** `CrashLoopBackOff, 0 of 1 containers run, 5 restarts, the last end with 1 (Error)`, and below that the words of the cluster. */
export function seenPod(pod: Pod): string {
  const containers = known(pod.containers) ?? []
  const running = containers.filter(({ state }) => state.is === 'running').length
  const restarts = restartsOf(pod)
  const words = [
    statusOf(pod),
    isReady(pod) ? 'Ready' : 'not Ready',
    running < containers.length && `${running} of ${plural(containers.length, 'container')} running`,
    restarts > 0 && plural(restarts, 'restart'),
    lastEnd(containers),
    pod.node && `on node ${visible(pod.node)}`,
  ]
  return [words.filter(Boolean).join(', '), ...messages(pod)].join('\n')
}

export const isReady = ({ conditions }: Pod): boolean =>
  known(conditions)?.some(({ type, status }) => type === 'Ready' && status === 'True') === true

export const restartsOf = ({ containers, initContainers }: Pod): number =>
  [...(known(containers) ?? []), ...(known(initContainers) ?? [])].reduce((sum, { restarts }) => sum + restarts, 0)

function lastEnd(containers: readonly Container[]): string | false {
  const [last] = containers.flatMap(({ state, before }) => (state.is === 'terminated' ? state : (before ?? [])))
  return last !== undefined && `last ended with ${last.exitCode}${last.reason && ` (${visible(last.reason)})`}`
}

/** What kept it: the image, the scheduler, an eviction. */
function messages(pod: Pod): string[] {
  const all = [...(known(pod.initContainers) ?? []), ...(known(pod.containers) ?? [])]
  const waits = all.flatMap(({ state }) => (state.is === 'waiting' ? state.message : []))
  const unscheduled = known(pod.conditions)?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
  const found = [pod.message, unscheduled?.message ?? '', ...waits].filter(Boolean)
  return [...new Set(found)].map(text => visible(text).slice(0, LONGEST))
}
