/** That no container of a pod is started again, from the first look on. */
import { plural } from '../../../core/text/text.ts'
import type { Expectation, Judgement } from '../../../expect/expectation.ts'
import type { Namespaced } from '../../../kubernetes/objects/namespaced.ts'
import type { LabelledPods, PodFacts } from '../../../kubernetes/pods/pods.ts'
import { known, whyUnknown } from '../../../probe/fact.ts'
import { noSuch } from '../objects.ts'
import { waitsToRestart } from './pod.ts'
import { restartsOf, statusOf } from './pod-words.ts'

const WORDS = { wanted: 'free of restarts', missed: 'was restarted' } as const

/** A pod that takes the place of another one has not been restarted, but is not that pod either. */
export function podStaysUnrestarted(): Expectation<Namespaced<PodFacts>> {
  const counted = new Map<string, number>()
  return {
    ...WORDS,
    judge(facts) {
      if (facts.is === undefined) return { verdict: 'not-yet', seen: noSuch(facts), neither: 'was not there' }
      const judgement = judgeOne(facts.is, counted)
      const another = counted.size > 1 && judgement.verdict === 'met'
      return another ? { verdict: 'not-yet', seen: 'another pod of that name' } : judgement
    },
  }
}

/** Pods that come and go are counted as long as they are there. */
export function podsStayUnrestarted(): Expectation<LabelledPods> {
  const counted = new Map<string, number>()
  return { ...WORDS, missed: 'were restarted', judge: facts => judgeAll(facts, counted) }
}

function judgeAll({ pods, isPart, namespace, hasNamespace }: LabelledPods, counted: Map<string, number>): Judgement {
  const [none] = pods
  if (!none) {
    const seen =
      known(hasNamespace) === false ? `there is no namespace ${namespace}` : 'there is no pod with that label'
    return { verdict: 'not-yet', seen, neither: 'were not there' }
  }
  const judged = pods.map(each => judgeOne(each, counted))
  const worst =
    judged.find(({ verdict }) => verdict === 'not-yet') ?? judged.find(({ verdict }) => verdict === 'unknown')
  if (worst) return worst
  const seen = `${plural(pods.length, 'pod')}, ${plural(sum(pods), 'restart')}`
  return isPart
    ? { verdict: 'unknown', seen, why: 'there are more of them than are looked at' }
    : { verdict: 'met', seen }
}

const sum = (pods: readonly PodFacts[]): number => pods.reduce((all, { pod }) => all + restartsOf(pod), 0)

function judgeOne({ pod }: PodFacts, counted: Map<string, number>): Judgement {
  const why = [pod.uid, pod.containers, pod.initContainers].map(whyUnknown).find(each => each !== undefined)
  const seen = `${pod.name}: ${plural(restartsOf(pod), 'restart')}, ${statusOf(pod)}`
  if (why !== undefined) return { verdict: 'unknown', seen, why }
  const before = counted.get(known(pod.uid) ?? '') ?? restartsOf(pod)
  counted.set(known(pod.uid) ?? '', before)
  if (restartsOf(pod) > before) return { verdict: 'not-yet', seen: `${seen}, ${before} before` }
  return waitsToRestart(pod)
    ? { verdict: 'not-yet', seen: `${seen}: it waits to be started again` }
    : { verdict: 'met', seen }
}
