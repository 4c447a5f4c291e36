/** Where the body of an HTTP answer begins and ends, for what was read off the wire (RFC 9112, 6 and 7.1). */

export interface HttpBody {
  readonly body: Buffer
  /** Its own end was seen; undefined when only the end of the connection tells. */
  readonly ended?: boolean
  /** How it is packed, beside the chunks. */
  readonly packed?: string
}

export function bodyOnWire(bytes: Buffer, headers: ReadonlyMap<string, string>): HttpBody {
  const coding = headers.get('transfer-encoding')?.toLowerCase() ?? 'identity'
  if (coding === 'chunked') return unchunked(bytes)
  if (coding !== 'identity') return { body: bytes, packed: coding }
  const length = headers.get('content-length')
  if (length === undefined) return { body: bytes }
  return { body: bytes.subarray(0, Number(length)), ended: bytes.length >= Number(length) }
}

const SIZE = /^([0-9a-f]{1,8})[ \t]*(?:;|$)/i
const LONGEST_SIZE = 1024
const CRLF = '\r\n'

/** Each chunk announces its size; the last one is empty. */
function unchunked(bytes: Buffer): HttpBody {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const end = bytes.indexOf(CRLF, at)
    const head = end < 0 || end - at > LONGEST_SIZE ? null : SIZE.exec(bytes.toString('latin1', at, end))
    const size = Number.parseInt(head?.[1] ?? '', 16)
    if (!(size > 0)) return { body: Buffer.concat(parts), ended: size === 0 }
    const from = end + CRLF.length
    parts.push(bytes.subarray(from, from + size))
    at = from + size + CRLF.length
  }
}
