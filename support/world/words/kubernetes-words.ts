/** How the words of sentences about Kubernetes are read. */
import { refuse } from '../../core/refusal.ts'

/** A name as the API takes it for nodes, pods and most else (RFC 1123, section 2.1, in lower case; apimachinery, util/validation). */
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/

/** @param of what it is the name of: `a node` */
export function readObjectName(text: string, of: string): string {
  if (text.length <= 253 && SUBDOMAIN.test(text)) return text
  throw refuse({
    what: `"${text}" cannot be the name of ${of}`,
    expected: 'small letters, digits, and between them dashes and dots',
    got: text,
  })
}
