/** How the words of sentences about Kubernetes are read. */
import type { HowMany } from '../../claim/kubernetes/pods/pods.ts'
import { refuse } from '../../core/refusal.ts'
import type { WorkloadKind } from '../../kubernetes/objects/workload.ts'

/** A name as the API takes it for nodes, pods and most else (RFC 1123, section 2.1, in lower case; apimachinery, util/validation). */
export const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/

/** @param of what it is the name of: `a node` */
export function readObjectName(text: string, of: string): string {
  if (text.length <= 253 && SUBDOMAIN.test(text)) return text
  throw refuse({
    what: `"${text}" cannot be the name of ${of}`,
    expected: 'small letters, digits, and between them dashes and dots',
    got: text,
  })
}

/** Where a sentence says nothing it means the namespace that is there in every cluster. */
export const readNamespace = (text = 'default'): string => readObjectName(text, 'a namespace')

/** `app=web`, or several with commas between (labels and selectors, "Equality-based requirement"). */
const LABEL = /^[\w./-]+=[\w.-]*(?:,[\w./-]+=[\w.-]*)*$/

export function readLabel(text: string): string {
  if (text.length <= 1000 && LABEL.test(text)) return text
  throw refuse({
    what: `"${text}" is no label with its value`,
    expected: '"app=web", or several: "app=web,tier=front"',
    got: text,
  })
}

/** So many pods of those that have a label. */
export interface SomePods {
  readonly howMany: HowMany
  readonly label: string
}

export const readPods = (howMany: string, label: string): SomePods => ({
  howMany: readHowMany(howMany),
  label: readLabel(label),
})

function readHowMany(words: string): HowMany {
  if (words === 'all' || words === 'no') return words
  return { least: words === 'any' ? 1 : Number(words.replace('at least ', '')) }
}

/** A deployment, daemon set, stateful set or job by its name. */
export interface NamedWorkload {
  readonly kind: WorkloadKind
  readonly name: string
}

export const readWorkload = (kind: string, name: string): NamedWorkload => ({
  kind: kind as WorkloadKind,
  name: readObjectName(name, `a ${kind}`),
})
