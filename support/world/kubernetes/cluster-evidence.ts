/** What helps to understand why something in a cluster is not as it should be: with the words of the kubelet, and once for each cause of a run. */
import { shortHash } from '../../core/text/short-hash.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Evidence, Observation } from '../../expect/expectation.ts'
import { kubeletJournal, NODE_LINE } from '../../kubernetes/pods/evidence.ts'
import type { RunContext } from '../context.ts'
import type { NixWorld } from '../world.ts'

/** The same observation; what was told of its cause before is not told again. */
export function tellingOnce<Facts>(world: NixWorld, seen: Observation<Facts>): Observation<Facts> {
  return {
    ...seen,
    async evidence() {
      const found = (await seen.evidence?.()) ?? {}
      const before = found.text === undefined ? undefined : toldBefore(world, found.text)
      return before === undefined
        ? withKubelet(world, found)
        : { next: found.next ?? '', where: `events and logs: see ${before}` }
    },
  }
}

const told = new WeakMap<RunContext, Map<string, string>>()

/** Where the same was told, when it was; else it is told now. */
function toldBefore({ context, location = '' }: NixWorld, text: string): string | undefined {
  const causes = told.get(context) ?? new Map<string, string>()
  told.set(context, causes)
  const cause = causeIn(text)
  const before = causes.get(cause)
  if (before === undefined) causes.set(cause, location)
  return before === location ? undefined : before
}

/** What has happened, and not when. */
const causeIn = (text: string): string => shortHash(text.replaceAll(/^\d{4}-\d\d-\d\dT[\d:.]+Z /gm, ''))

const KUBELET_BOUND = seconds(5)

/** Where the pod's node is one of the machines in play, its kubelet and container runtime may know more. */
async function withKubelet(world: NixWorld, found: Evidence): Promise<Evidence> {
  const node = found.text
    ?.split('\n')
    .find(line => line.startsWith(NODE_LINE))
    ?.slice(NODE_LINE.length)
  const machine = node === undefined ? undefined : world.inPlay.get(node)
  if (!machine) return found
  const shell = await world.shell(machine).catch(() => undefined)
  const said = await shell?.run(kubeletJournal, { attempt: KUBELET_BOUND }).catch(() => undefined)
  const lines = said?.stdout.toString().trimEnd() ?? ''
  return lines === '' ? found : { ...found, text: `${found.text}\nits kubelet and container runtime:\n${lines}` }
}
