import { type Command, sh } from '../../core/command.ts'
import type { Duration } from '../../core/time/duration.ts'
import { inSeconds } from '../patience.ts'
import { type Failed, HTTP_LIMIT, type HttpFailure } from './http-failure.ts'

/**
 * Own settings of the machine (~/.curlrc, proxies) would ask something else than the sentence says. Raw, as what curl unpacks is followed
 * by the fields of a trailer as if they were text of the page. The last line of what it says tells whether it was connected.
 * @param at where to connect to, when that is not what the URL's host says
 */
export const askByCurl = (url: string, wait: Duration, at?: string): Command =>
  sh`curl --disable --silent --show-error --include --raw --globoff --path-as-is --noproxy '*' --proto '=http,https' --max-time ${inSeconds(wait)} ${at === undefined ? [] : ['--connect-to', `::${bracketed(at)}:`]} --write-out '%{stderr}\nconnected %{time_connect}\n' -- ${url} | head -c ${HTTP_LIMIT}`

/** curl(1), `--connect-to`: an IPv6 address stands in brackets. */
const bracketed = (at: string): string => (at.includes(':') ? `[${at}]` : at)

/** Exit codes of curl(1), by what they say of the one who was asked. */
const NOTHING_THERE = new Set([7, 52, 56])
const NOT_TRUSTED = new Set([35, 51, 53, 54, 58, 59, 60, 66, 80, 82, 83, 90, 91])
const NO_HTTP = new Set([8])
const UNSUPPORTED = 1
const TIMEOUT = 28
/** Whether anything listens there is not known before there is an address. */
const RESOLVING = /\) Resolving timed out/

export function failureOfCurl({ code, stderr, anything }: Failed): HttpFailure {
  const error = saidBy(stderr) || `curl has ended with ${code}`
  const connected = !/^connected 0(?:\.0+)?$/m.test(stderr)
  if (code === 0) return { is: 'no answer', error: anything ? 'an answer that is not HTTP' : 'an empty answer' }
  if (NOTHING_THERE.has(code) || NO_HTTP.has(code)) return { is: 'no answer', error }
  // HTTP/0.9 is what curl takes anything for that is no HTTP
  if (code === UNSUPPORTED && error.includes('HTTP/0.9'))
    return { is: 'no answer', error: 'an answer that is not HTTP' }
  if (NOT_TRUSTED.has(code)) return { is: 'unanswered', error }
  if (code === TIMEOUT && !RESOLVING.test(error)) return { is: connected ? 'unanswered' : 'no answer', error }
  return { is: 'unknown', error }
}

const saidBy = (stderr: string): string =>
  stderr
    .split('\n')
    .filter(line => line.startsWith('curl: '))
    .at(-1) ?? ''
