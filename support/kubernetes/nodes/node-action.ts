import { argv, sh } from '../../core/command.ts'
import { type Duration, minutes } from '../../core/time/duration.ts'
import { answers, C_LOCALE, inSections } from '../../probe/sections.ts'
import { ClusterUnanswered, readAnswer } from '../access/api-answer.ts'
import { findKubectl } from '../access/find-kubectl.ts'
import type { ClusterProbe } from '../cluster-probe.ts'

export type NodeVerb = 'cordoned' | 'uncordoned' | 'drained'

/** What became of it, in kubectl's words. */
export interface NodeAction {
  readonly done: boolean
  readonly said: string
}

/** Pods of daemon sets stay, as they do not heed it; what pods keep in their own empty folders goes with them (kubectl-drain(1)). */
const WORDS: Readonly<Record<NodeVerb, readonly string[]>> = {
  cordoned: ['cordon'],
  uncordoned: ['uncordon'],
  drained: ['drain', '--ignore-daemonsets', '--delete-emptydir-data'],
}

const USUAL: Readonly<Record<NodeVerb, Duration>> = {
  cordoned: minutes(1),
  uncordoned: minutes(1),
  drained: minutes(5),
}

/** Of the time that a drain may take, for kubectl itself: it ends with words of its own before it is cut off; seconds. */
const OWN_SECONDS = 5

/** Does it, once the server answers. @param within how long a drain may take */
export function nodeAction(verb: NodeVerb, within: Duration = USUAL[verb]): ClusterProbe<string, NodeAction> {
  const patience = Math.max(1, Math.floor(within.ms / 1000) - OWN_SECONDS)
  const timeout = verb === 'drained' ? [`--timeout=${patience}s`] : ['--request-timeout=10s']
  return {
    budget: within,
    attempt: within,
    describe: ({ query }) => `node ${query}`,
    command: ({ query, access }) => sh`${{ script: C_LOCALE }}
${findKubectl(access)}
${inSections(sh`kube ${argv(...WORDS[verb], query, ...timeout)} 2>&1 </dev/null`)}`,
    parse(result, { query }) {
      const [said] = answers(result, `node ${query}`, 1)
      if (said?.code === 0) return { done: true, said: said.text }
      const read = said && readAnswer(said, `node ${query}`)
      if (read && 'unknown' in read && read.passing)
        throw new ClusterUnanswered(`node ${query} was not ${verb}: ${read.unknown}`)
      return { done: false, said: said?.text ?? '' }
    },
  }
}
