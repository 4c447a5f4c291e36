/** What kubectl says for paths of the API, for rows. */
import type { CommandResult } from '../../core/command.ts'
import { answered, type Said } from '../../probe/testing/answered.ts'
import { type Guest, type Reply, type Row, unknown } from '../rows/row.ts'

/** 2026-12-01T12:00:00Z, where kubectl runs. */
export const NOW = 1_796_126_400

/** RFC 3339, so many seconds before now. */
export const ago = (seconds: number): string => new Date((NOW - seconds) * 1000).toISOString().replace('.000', '')

/** An object or a list as the API has it, or kubectl's words for why there is none. */
export type ApiSaid = object | { readonly code: number; readonly out: string }

const section = (said: ApiSaid): Said => ('code' in said ? (said as Said) : JSON.stringify(said))

export const apiSections = (...said: readonly ApiSaid[]): Said[] => [String(NOW), ...said.map(section)]

/** The answers to the paths of one probe. */
export const apiSaid = (...said: readonly ApiSaid[]): CommandResult => answered(apiSections(...said))

/** What is no JSON. */
export const plain = (out: string): ApiSaid => ({ code: 0, out })

export const failed = (words: string): ApiSaid => ({ code: 1, out: words })

export const notFound = (kind: string, name: string): ApiSaid =>
  failed(`Error from server (NotFound): ${kind} "${name}" not found`)

/** Where the things of these rows are, and that it is not there. */
export const NAMESPACE: ApiSaid = { kind: 'Namespace', metadata: { name: 'shop' } }
export const noNamespace = notFound('namespaces', 'shop')

/** kubectl's words, of 1.20 and 1.32, for a server that starts, refuses, or is out of reach. */
export const UNANSWERED = {
  refused: failed('The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?'),
  unavailable: failed('Error from server (ServiceUnavailable): the server is currently unable to handle the request'),
  busy: failed('Error from server (TooManyRequests): the server has received too many requests, try again later'),
  tls: failed('Unable to connect to the server: x509: certificate signed by unknown authority'),
  expired: failed('Unable to connect to the server: x509: certificate has expired or is not yet valid'),
  handshake: failed('Unable to connect to the server: net/http: TLS handshake timeout'),
  unauthorized: failed('error: You must be logged in to the server (Unauthorized)'),
  unserved: failed('Error from server (NotFound): the server could not find the requested resource'),
  noConfig: { code: 77, out: 'there is no kubeconfig here' },
} as const

export const forbidden = (resource: string, group = ''): ApiSaid =>
  failed(
    `Error from server (Forbidden): ${resource} is forbidden: User "viewer" cannot list resource "${resource}" in API group "${group}" at the cluster scope`,
  )

/**
 * Of answers that would do: each way in which they may not come, and that nothing can be told then; and that what starts is waited for.
 * @param said the answers
 * @param at the one without which nothing can be told
 */
export function unanswered(
  sentence: string,
  said: readonly ApiSaid[],
  outcome: 'holds' | 'not met',
  guest: Guest = {},
  at = 0,
): Row[] {
  const instead = (other: ApiSaid): Guest => ({ ...guest, replies: apiSaid(...said.with(at, other)) })
  const starting = Object.values(UNANSWERED)
  const soon = (_: string, time: number): Reply =>
    apiSaid(...(time < 4000 ? said.with(at, starting[Math.floor(time / 500) % starting.length] ?? {}) : said))
  const once = atOnce(sentence)
  return [
    ...unknown(once, apiSections(...said), guest),
    ...starting.map((each): Row => ['unreadable', once, instead(each), 'could not check', /could not be checked/]),
    ['unreadable', once, instead(forbidden('things')), 'could not check', /403: things is forbidden: User "viewer"/],
    ['unreadable', sentence, instead({}), 'could not check'],
    ['unreadable', sentence, { ...guest, replies: soon }, outcome],
  ]
}

/** Two minutes of looks for each of these answers would take long; that they are waited for is shown by one. */
function atOnce(sentence: string): string {
  if (/ for \d| within | now:?$/.test(sentence)) return sentence
  return sentence.endsWith(':') ? sentence.replace(/:$/, ' now:') : `${sentence} now`
}
