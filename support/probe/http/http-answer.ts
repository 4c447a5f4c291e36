/** The bytes of an HTTP answer, as far as they were read. */
import { type Fact, known } from '../fact.ts'
import { textIn } from '../files/text-in-bytes.ts'
import { bodyOnWire, type HttpBody } from './http-body.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
  /** Why the body does not tell everything: it was cut off, or is packed. */
  readonly hidden?: string
}

interface Reading {
  /** So many bytes were asked for. */
  readonly limit: number
  /** The tool says that it has seen the end. */
  readonly whole: boolean
}

/** Of what came over the wire, nothing unpacked; undefined for what is no HTTP. */
export function readHttp(bytes: Buffer, reading: Reading): HttpAnswer | undefined {
  const { head, rest } = splitHead(bytes)
  const status = /^HTTP\/[\d.]+ (\d{3})\b/.exec(head)?.[1]
  if (status === undefined) return undefined
  const headers = parseHeaders(head)
  const found = bodyIn(rest, Number(status), headers)
  const hidden = whyHidden(bytes, found, headers, reading)
  return { status: Number(status), headers, body: found.body, ...(hidden !== undefined && { hidden }) }
}

/** Answers 204 and 304 have none, whatever length they tell (RFC 9110, 8.6). */
function bodyIn(rest: Buffer | undefined, status: number, headers: ReadonlyMap<string, string>): HttpBody {
  if (rest === undefined) return { body: Buffer.of(), ended: false }
  return status === 204 || status === 304 ? { body: Buffer.of(), ended: true } : bodyOnWire(rest, headers)
}

interface Parts {
  readonly head: string
  /** Undefined when the head itself broke off. */
  readonly rest?: Buffer
}

/** Interim answers (100 Continue) come before the one that counts. */
function splitHead(bytes: Buffer): Parts {
  const text = bytes.toString('latin1')
  const end = /\r?\n\r?\n/.exec(text)
  if (!end) return { head: text }
  const head = text.slice(0, end.index)
  const rest = bytes.subarray(end.index + end[0].length)
  return /^HTTP\/[\d.]+ 1\d\d\b/.test(head) ? splitHead(rest) : { head, rest }
}

const parseHeaders = (head: string): Map<string, string> =>
  new Map(
    head
      .split(/\r?\n/)
      .slice(1)
      .map(line => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
      }),
  )

function whyHidden(
  bytes: Buffer,
  { ended, packed: coding }: HttpBody,
  headers: ReadonlyMap<string, string>,
  { limit, whole }: Reading,
): string | undefined {
  if (bytes.length >= limit) return `the answer is longer than the ${limit} bytes that are read`
  const packed = coding ?? headers.get('content-encoding') ?? 'identity'
  if (packed !== 'identity') return `the answer is packed (${packed}), although that was not asked for`
  return (ended ?? whole) ? undefined : 'the answer broke off'
}

/** Whether the text is in the body, in UTF-8 or in what the answer says of itself; what comes as UTF-8 or says nothing may have a mark. */
export function bodyHas({ body, headers, hidden }: HttpAnswer, text: string): Fact<boolean> {
  const type = headers.get('content-type') ?? ''
  const charset = /charset="?([^\s";]+)/i.exec(type)?.[1] ?? 'utf-8'
  const read = decode(body, charset)
  if (read?.includes(text)) return { is: true }
  const has = read === undefined || /^utf-?8$/i.test(charset) ? textIn(body, text) : { is: body.includes(text) }
  if (known(has) === true) return has
  if (hidden !== undefined) return { unknown: hidden }
  return read === undefined ? { unknown: `the text of the answer cannot be read: ${type}` } : has
}

function decode(body: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(body)
  } catch {
    return undefined
  }
}
