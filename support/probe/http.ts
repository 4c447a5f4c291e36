import { type Command, sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import type { Probe } from './probe.ts'
import { UnreadableAnswer } from './unreadable-answer.ts'

export type HttpFacts =
  | { readonly status: number; readonly headers: ReadonlyMap<string, string>; readonly body: string }
  /** No answer; in the words of the tool that asked. */
  | { readonly error: string }

/** At most this much of an answer is read. */
const BODY_LIMIT = 1_048_576
const BOUND_SECONDS = 5

/** A URL asked once from inside the machine, no redirect followed. curl where there is one; bash alone can ask plain http. */
export const http: Probe<string, HttpFacts> = {
  budget: seconds(30),
  attempt: seconds(BOUND_SECONDS + 2),
  describe: url => url,
  command: url => sh`if command -v curl >/dev/null; then ${byCurl(url)}; else ${byBash(url)}; fi`,
  parse(result, url) {
    const answer = result.stdout.toString()
    const [head, body] = splitHead(answer)
    const status = /^HTTP\/[\d.]+ (\d{3})/.exec(head)?.[1]
    if (status !== undefined) return { status: Number(status), headers: parseHeaders(head), body }
    const error = result.stderr.toString().trim().split('\n').at(-1) ?? ''
    if (error === '' && answer === '') throw new UnreadableAnswer(url, result)
    return { error: error || `an answer that is not HTTP: ${answer.slice(0, 60)}` }
  },
}

/** Own settings of the machine (~/.curlrc, proxies) would ask something else than the sentence says. */
const byCurl = (url: string): Command =>
  sh`curl --disable --silent --show-error --include --globoff --path-as-is --noproxy '*' --max-time ${BOUND_SECONDS} -- ${url} | head -c ${BODY_LIMIT}`

function byBash(url: string): Command {
  const { protocol, hostname, port, pathname, search, host } = new URL(url)
  if (protocol !== 'http:') return sh`echo 'there is no curl on this machine, and bash can ask only http' >&2; false`
  const request = `GET ${pathname}${search} HTTP/1.0\r\nHost: ${host}\r\nUser-Agent: nixcumber\r\nConnection: close\r\n\r\n`
  const target = `/dev/tcp/${hostname.replace(/^\[|\]$/g, '')}/${port || '80'}`
  return sh`timeout ${BOUND_SECONDS} bash -c 'exec 3<>"$1" && printf %s "$2" >&3 && head -c "$3" <&3' bash ${target} ${request} ${BODY_LIMIT}`
}

/** Interim answers (100 Continue) and a proxy's come before the one that counts. */
function splitHead(answer: string): [string, string] {
  const [, head = '', body = ''] = /^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(answer) ?? []
  return /^HTTP\/[\d.]+ 1\d\d/.test(head) ? splitHead(body) : [head, body]
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
