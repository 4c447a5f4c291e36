/** What a node has: roles, labels, taints, addresses, a version, a size. */
import { formatBytes } from '../../../core/text/bytes.ts'
import { visible } from '../../../core/text/visible.ts'
import { parseIpAddress } from '../../../core/values/ip-address.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import { isOfVersion, type KubeVersion, parseKubeVersion } from '../../../kubernetes/nodes/kubelet-version.ts'
import type { Node, Taint } from '../../../kubernetes/nodes/node.ts'
import type { NodeFacts } from '../../../kubernetes/nodes/nodes.ts'
import { parseQuantity } from '../../../kubernetes/nodes/quantity.ts'
import { type Fact, known, whyUnknown } from '../../../probe/fact.ts'
import { ofNode, seenNode } from './node.ts'

interface Has<T> {
  /** `role control-plane`. */
  readonly what: string
  of(node: Node): Fact<T>
  holds(has: T): boolean
  seen(has: T): string
}

const nodeHas = <T>({ what, of, holds, seen }: Has<T>): Expectation<NodeFacts> =>
  ofNode({
    wanted: what,
    missed: `did not have ${what}`,
    unknown: ({ node }) => node && whyUnknown(of(node)),
    holds: ({ node }) => {
      const has = node && known(of(node))
      return has !== undefined && holds(has)
    },
    seen: facts => {
      const has = facts.node && known(of(facts.node))
      return has === undefined ? seenNode(facts) : visible(seen(has))
    },
  })

/** As kubectl finds them (kubectl, describe: findNodeRoles). */
const ROLE = 'node-role.kubernetes.io/'
const OLD_ROLE = 'kubernetes.io/role'

export const hasRole = (role: string): Expectation<NodeFacts> =>
  nodeHas({
    what: `role ${role}`,
    of: ({ labels }) => labels,
    holds: labels => rolesOf(labels).includes(role),
    seen: labels => (rolesOf(labels).length > 0 ? `roles ${rolesOf(labels).join(', ')}` : 'no role'),
  })

function rolesOf(labels: Readonly<Record<string, string>>): string[] {
  const roles = Object.keys(labels)
    .filter(key => key.startsWith(ROLE))
    .map(key => key.slice(ROLE.length))
  return [...new Set([...roles, labels[OLD_ROLE] ?? ''])].filter(role => role !== '').sort()
}

export const hasLabelSet = (key: string, value: string): Expectation<NodeFacts> =>
  nodeHas({
    what: `label ${key} set to "${value}"`,
    of: ({ labels }) => labels,
    holds: labels => labels[key] === value,
    seen: labels => seenLabel(labels, key),
  })

export const hasLabel = (key: string): Expectation<NodeFacts> =>
  nodeHas({
    what: `label ${key}`,
    of: ({ labels }) => labels,
    holds: labels => Object.hasOwn(labels, key),
    seen: labels => seenLabel(labels, key),
  })

const seenLabel = (labels: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(labels, key)
    ? `${key}=${labels[key]}`
    : `no label ${key}; there is ${Object.keys(labels).sort().join(', ') || 'none'}`

/** What is left out is not compared. */
export interface WantedTaint {
  readonly text: string
  readonly key: string
  readonly value?: string
  readonly effect?: string
}

export const hasTaint = ({ text, key, value, effect }: WantedTaint): Expectation<NodeFacts> =>
  nodeHas({
    what: `taint ${text}`,
    of: ({ taints }) => taints,
    holds: taints =>
      taints.some(
        each => each.key === key && (value ?? each.value) === each.value && (effect ?? each.effect) === each.effect,
      ),
    seen: taints => (taints.length > 0 ? taints.map(taintInWords).join(', ') : 'no taint'),
  })

const taintInWords = ({ key, value, effect }: Taint): string => `${key}${value && `=${value}`}:${effect}`

/** An IP address however it is written, or a name as it is. */
export function hasAddress(wanted: string): Expectation<NodeFacts> {
  const ip = parseIpAddress(wanted)
  return nodeHas({
    what: `address ${wanted}`,
    of: ({ addresses }) => addresses,
    holds: addresses =>
      addresses.some(({ address }) => (ip ? parseIpAddress(address)?.text === ip.text : address === wanted)),
    seen: addresses => addresses.map(({ type, address }) => `${type} ${address}`).join(', ') || 'no address',
  })
}

export interface WantedVersion {
  readonly text: string
  readonly version: KubeVersion
}

export const runsKubelet = ({ text, version }: WantedVersion): Expectation<NodeFacts> => ({
  ...nodeHas({
    what: `kubelet ${text}`,
    of: ({ kubelet }) => versionOf(kubelet),
    holds: ({ is }) => isOfVersion(is, version),
    seen: ({ text: is }) => `kubelet ${is}`,
  }),
  missed: `did not run kubelet ${text}`,
})

function versionOf(kubelet: Fact<string>): Fact<{ readonly text: string; readonly is: KubeVersion }> {
  const text = known(kubelet)
  if (text === undefined) return { unknown: whyUnknown(kubelet) ?? 'it names no version' }
  const is = parseKubeVersion(text)
  return is ? { is: { text, is } } : { unknown: `its kubelet names a version that is none: ${visible(text)}` }
}

export interface WantedSize {
  readonly cpu: number
  readonly memory: { readonly bytes: number; readonly text: string }
}

/** By its capacity: what the machine has, of which some is kept for the system. The memory is what the kernel was left with, a little less than is built in. */
export const hasAtLeast = ({ cpu, memory }: WantedSize): Expectation<NodeFacts> =>
  nodeHas({
    what: `at least ${cpu} cpu and ${memory.text}`,
    of: ({ capacity }) => sizeOf(capacity),
    holds: has => has.cpu >= cpu && has.memory >= memory.bytes,
    seen: has => `${has.cpu} cpu and ${formatBytes(has.memory)} (${has.memory} bytes)`,
  })

function sizeOf(capacity: Node['capacity']): Fact<{ readonly cpu: number; readonly memory: number }> {
  const has = known(capacity)
  if (!has) return { unknown: whyUnknown(capacity) ?? 'it names no capacity' }
  const [cpu, memory] = [has.cpu, has.memory].map(text => parseQuantity(text ?? ''))
  return cpu === undefined || memory === undefined
    ? { unknown: "the API server's answer has no cpu and memory in status.capacity that can be read" }
    : { is: { cpu, memory } }
}
