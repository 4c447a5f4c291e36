import { type Command, sh } from '../../core/command.ts'
import type { Duration } from '../../core/time/duration.ts'
import { inSeconds } from '../patience.ts'
import { type Failed, HTTP_LIMIT, type HttpFailure } from './http-failure.ts'

const NO_CURL = 'there is no curl on this machine, and bash can ask only http'

/** What bash can do alone: plain http, by its own /dev/tcp. */
export function askByBash(url: string, wait: Duration): Command {
  const { protocol, hostname, port, pathname, search, host } = new URL(url)
  if (protocol !== 'http:') return sh`echo ${NO_CURL} >&2; false`
  const request = `GET ${pathname}${search} HTTP/1.0\r\nHost: ${host}\r\nUser-Agent: nixcumber\r\nConnection: close\r\n\r\n`
  const target = `/dev/tcp/${hostname.replace(/^\[|\]$/g, '')}/${port || '80'}`
  return sh`timeout ${inSeconds(wait)} bash -c 'exec 3<>"$1" || exit; echo connected >&2; printf %s "$2" >&3 && head -c "$3" <&3' bash ${target} ${request} ${HTTP_LIMIT}`
}

/** timeout(1) ended it. */
const TIMEOUT = 124
const NOT_IN_TIME = 'no answer within the time of a look'

/** In the words of the C locale (connect(2)); the last two for ways that routes forbid (ip-route(8)), and not for a name that leads nowhere. */
const NOTHING_THERE =
  /: Connection refused$|: No route to host$|: Network is unreachable$|^bash: connect: (?:Invalid argument|Permission denied)$/m

export function failureOfBash({ code, stderr, anything }: Failed): HttpFailure {
  const connected = /^connected$/m.test(stderr)
  const error =
    stderr
      .trim()
      .split('\n')
      .filter(line => line !== 'connected')
      .at(-1) ?? ''
  if (code === 0) return { is: 'no answer', error: anything ? 'an answer that is not HTTP' : 'an empty answer' }
  if (code === TIMEOUT) return { is: connected ? 'unanswered' : 'unknown', error: NOT_IN_TIME }
  if (NOTHING_THERE.test(stderr)) return { is: 'no answer', error }
  if (connected && /Connection reset by peer|Broken pipe/.test(stderr)) return { is: 'no answer', error }
  return { is: 'unknown', error: error || `bash has ended with ${code}` }
}
