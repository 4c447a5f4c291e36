/** Words of sentences about any resource of a cluster, and about what users may do with it. */
import { refuse } from '../../core/refusal.ts'
import { readObjectName } from './kubernetes-words.ts'

/** As kubectl takes it: a kind, its plural or short name, and maybe the group behind a dot. */
const RESOURCE = /^[A-Za-z][A-Za-z0-9-]{0,62}(?:\.[a-z0-9][a-z0-9.-]{0,250})?$/
const SECRET = /^secrets?(?:\.|$)/i

/** @throws UsageError for secrets, too: what does not match would be shown */
export function readResource(text: string): string {
  if (SECRET.test(text))
    throw refuse({
      what: 'What is in a secret is not compared: what differs would be shown',
      expected: 'another resource',
      next: 'secret "NAME" in namespace "NAMESPACE" exists',
    })
  if (RESOURCE.test(text)) return text
  throw refuse({
    what: `"${text}" cannot be the kind of a resource`,
    expected: 'kubectl\'s word for it: "deployment", "certificates.cert-manager.io"',
    got: text,
  })
}

/** Names of roles and of custom resources may hold more than others (apimachinery, api/validation/path). */
export function readAnyName(text: string): string {
  if (/^[A-Za-z0-9][\w.:@-]{0,252}$/.test(text)) return text
  throw refuse({
    what: `"${text}" cannot be the name of a resource`,
    expected: 'letters, digits and . : @ _ - only, the first of them a letter or digit',
    got: text,
  })
}

/** Those of the API, and those that the rules of RBAC know besides (Kubernetes, "Authorization Overview"). */
const VERBS = [
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],
  ...['use', 'bind', 'escalate', 'impersonate', 'approve', 'sign', 'attest', 'proxy', '*'],
]

/** @throws UsageError for a word that no rule can hold: "may not" would hold of it */
export function readVerb(text: string): string {
  if (VERBS.includes(text)) return text
  throw refuse({ what: `"${text}" is no verb of the API`, got: text, known: VERBS })
}

const SUBRESOURCES = [
  ...['log', 'exec', 'attach', 'portforward', 'proxy', 'eviction', 'ephemeralcontainers', 'binding', 'resize'],
  ...['status', 'scale', 'finalize', 'token', 'approval'],
]

export interface ApiResource {
  /** In the plural: `pods`, `deployments`, `ingresses.networking.k8s.io`. */
  readonly resource: string
  readonly subresource?: string
}

/** `pods`, `pods/log`, `deployments.apps`. */
export function readApiResource(text: string): ApiResource {
  const [, resource, subresource] = /^([a-z][a-z0-9-]*(?:\.[a-z0-9.-]+)?)(?:\/([a-z]+))?$/.exec(text) ?? []
  if (resource === undefined)
    throw refuse({
      what: `"${text}" is no resource of the API`,
      expected: 'its plural in small letters: "pods", "pods/log", "deployments.apps"',
      got: text,
    })
  if (subresource === undefined) return { resource }
  if (SUBRESOURCES.includes(subresource)) return { resource, subresource }
  throw refuse({ what: `"${subresource}" is no part of a resource`, got: subresource, known: SUBRESOURCES })
}

/** Where the sentence names a namespace; without one it speaks of what is in none. */
export const readScope = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : readObjectName(text, 'a namespace')

/** A user's name may be any. @throws UsageError for the empty one */
export function readSubject(text: string): string {
  if (text.trim() !== '') return text
  throw refuse({ what: 'The user has no name', expected: 'the name by which the API server knows the user' })
}
