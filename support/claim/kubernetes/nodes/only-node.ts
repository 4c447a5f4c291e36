/** Which pods would be gone with a node: nothing makes them anew, or no other node may have them. Room for them is the scheduler's matter. */
import { plural } from '../../../core/text/text.ts'
import { claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import { matchesSelector, type NodeSelector, toleratesAll } from '../../../kubernetes/nodes/node-selector.ts'
import type { NodeFacts } from '../../../kubernetes/nodes/nodes.ts'
import type { Boundness, BoundPod } from '../../../kubernetes/nodes/pods-on-node.ts'
import { type Fact, known, whyUnknown } from '../../../probe/fact.ts'
import { nodeIsReady } from './node.ts'

/** A pod that has surely no other node, or of which it cannot be told; with the reason. */
type Finding = { readonly pod: string } & ({ readonly only: string } | { readonly unknown: string })

export const noPodHasOnly = (node: string): Expectation<Boundness> =>
  claim({
    wanted: `none that has only ${node}`,
    missed: `include some that have only ${node}`,
    unknown: facts => whyUnknown(facts.pods) ?? (faults(facts, node).length > 0 ? undefined : doubts(facts, node)[0]),
    absent: ({ nodes }) => !nodes.some(({ name }) => name === node),
    holds: facts => faults(facts, node).length === 0,
    seen: facts => seen(facts, node),
    state: facts => plural(faults(facts, node).length, 'pod'),
  })

const faults = (facts: Boundness, node: string): string[] =>
  findings(facts, node).flatMap(each => ('only' in each ? [`${each.pod}: ${each.only}`] : []))
const doubts = (facts: Boundness, node: string): string[] =>
  findings(facts, node).flatMap(each => ('unknown' in each ? [`${each.pod}: ${each.unknown}`] : []))

function findings(facts: Boundness, node: string): Finding[] {
  const others = facts.nodes.filter(({ name }) => name !== node)
  return (known(facts.pods) ?? []).filter(counts).flatMap(pod => {
    const { namespace, name } = pod.metadata
    const found = finding(pod, facts, others)
    return found ? [{ pod: `${namespace}/${name}`, ...found }] : []
  })
}

/** What has ended is gone already; pods of daemon sets, and those that the kubelet makes of files, belong to their node. */
function counts({ metadata, status }: BoundPod): boolean {
  if (['Succeeded', 'Failed'].includes(status.phase)) return false
  if (metadata.annotations && Object.hasOwn(metadata.annotations, 'kubernetes.io/config.mirror')) return false
  return !metadata.ownerReferences?.some(({ kind, controller }) => controller && kind === 'DaemonSet')
}

type Found = { readonly only: string } | { readonly unknown: string } | undefined

function finding(pod: BoundPod, facts: Boundness, others: readonly NodeFacts[]): Found {
  if (!pod.metadata.ownerReferences?.some(({ controller }) => controller))
    return { only: 'nothing makes it anew elsewhere' }
  const ties = tiesOf(pod, facts)
  if ('unknown' in ties) return ties
  const able = others.map(other => mayHave(other, pod, ties.is))
  if (able.includes('yes')) return undefined
  return able.includes('unknown')
    ? { unknown: 'it cannot be told of another node whether it is Ready' }
    : { only: 'no other node may have it' }
}

/** What its volumes ask of a node. */
function tiesOf({ metadata, spec }: BoundPod, { claims, volumes }: Boundness): Fact<readonly NodeSelector[]> {
  const names = (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [])
  const why = names.length > 0 ? (whyUnknown(claims) ?? whyUnknown(volumes)) : undefined
  if (why !== undefined) return { unknown: why }
  const bound = names.map(name =>
    known(claims)?.find(each => each.metadata.name === name && each.metadata.namespace === metadata.namespace),
  )
  const found = bound.map(each => known(volumes)?.find(({ metadata: { name } }) => name === each?.spec.volumeName))
  if (found.includes(undefined)) return { unknown: 'one of its claims has no volume that is known' }
  return { is: found.flatMap(each => each?.spec.nodeAffinity?.required ?? []) }
}

function mayHave(other: NodeFacts, { spec }: BoundPod, ties: readonly NodeSelector[]): 'yes' | 'no' | 'unknown' {
  const { node, name } = other
  const labels = known(node?.labels)
  const taints = known(node?.taints)
  if (!labels || !taints) return 'unknown'
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const fits =
    known(node?.unschedulable) !== true &&
    Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value) &&
    [...ties, ...(required ? [required] : [])].every(each => matchesSelector(each, { name, labels })) &&
    toleratesAll(taints, spec.tolerations ?? [])
  const { verdict } = nodeIsReady().judge(other)
  if (!fits) return 'no'
  return verdict === 'unknown' ? 'unknown' : verdict === 'met' ? 'yes' : 'no'
}

function seen(facts: Boundness, node: string): string {
  if (!facts.nodes.some(({ name }) => name === node)) return 'no such node'
  const told = [...faults(facts, node), ...doubts(facts, node)]
  return (
    told.join('\n') ||
    `${plural((known(facts.pods) ?? []).filter(counts).length, 'pod')}, each with another node that may have it`
  )
}
