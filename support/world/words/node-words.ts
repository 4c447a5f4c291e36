/** How the words of sentences about nodes are read. */
import type { WantedSize, WantedTaint, WantedVersion } from '../../claim/kubernetes/nodes/node-properties.ts'
import { refuse } from '../../core/refusal.ts'
import { parseMebibytes } from '../../core/values/machine-size.ts'
import { parseKubeVersion } from '../../kubernetes/nodes/kubelet-version.ts'
import { SUBDOMAIN } from './kubernetes-words.ts'

/** kubernetes.io/docs/concepts/overview/working-with-objects/labels: a name, and before it maybe the domain of who defined it. */
const NAME = /^[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/

export function readLabelKey(text: string): string {
  const [name = '', domain, ...more] = text.split('/').reverse()
  if (NAME.test(name) && (domain === undefined || SUBDOMAIN.test(domain)) && more.length === 0) return text
  throw refuse({
    what: `"${text}" cannot be the key of a label`,
    expected: 'letters, digits, and between them - _ and dots, as in "topology.kubernetes.io/zone"',
    got: text,
  })
}

export function readRole(text: string): string {
  if (NAME.test(text)) return text
  throw refuse({ what: `"${text}" cannot be a role of a node`, expected: 'a word, as in "control-plane"', got: text })
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** As kubectl writes them, from the key on as much as is meant: `dedicated=db:NoSchedule`, `dedicated:NoSchedule`, `dedicated`. */
export function readTaint(text: string): WantedTaint {
  const [, key = '', value, effect] = /^([^=:]*)(?:=([^=:]*))?(?::([^=:]*))?$/.exec(text) ?? []
  readLabelKey(key)
  if (effect !== undefined && !EFFECTS.includes(effect))
    throw refuse({ what: `"${effect}" is no effect of a taint`, got: effect, known: EFFECTS })
  return { text, key, ...(value !== undefined && { value }), ...(effect !== undefined && { effect }) }
}

export function readKubeVersion(text: string): WantedVersion {
  const version = parseKubeVersion(text)
  if (version) return { text, version }
  throw refuse({
    what: `"${text}" is no version of Kubernetes`,
    expected: 'one to three numbers, as in "1.30" or "1.30.4"',
    got: text,
  })
}

/** An IP address or a name, as nodes have them. */
export function readNodeAddress(text: string): string {
  if (/^[\w.:-]+$/.test(text)) return text
  throw refuse({ what: `"${text}" is no address of a node`, expected: 'an IP address or a name', got: text })
}

export function readNodeSize(cpu: number, memory: string): WantedSize {
  const mebibytes = parseMebibytes(memory)
  if (mebibytes !== undefined && /[a-z]/i.test(memory) && cpu >= 1)
    return { cpu, memory: { bytes: mebibytes * 1024 ** 2, text: memory } }
  throw refuse({
    what: `"${cpu} cpu and ${memory}" is no size of a node`,
    expected: 'as in: 10 cpu and 16 GiB',
    got: memory,
  })
}
