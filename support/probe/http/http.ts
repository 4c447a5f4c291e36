import { type CommandResult, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { patience } from '../patience.ts'
import type { Probe } from '../probe.ts'
import { answers, decoded, encoded, inSections, isMissing } from '../sections.ts'
import { toolMissing, UnreadableAnswer } from '../unreadable-answer.ts'
import { type HttpAnswer, readHttp } from './http-answer.ts'
import { askByBash, failureOfBash } from './http-bash.ts'
import { askByCurl, failureOfCurl } from './http-curl.ts'
import { HTTP_ANSWER, HTTP_LIMIT, type HttpFailure } from './http-failure.ts'

export type HttpFacts = HttpAnswer | HttpFailure

/** A URL, and where to connect to for it, when that is not what its host's name says. */
export interface HttpQuery {
  readonly url: string
  /** An address or a name. */
  readonly at: string
}

/** A URL asked once from inside the machine, no redirect followed. curl where there is one; bash alone can ask plain http. */
export const http: Probe<string, HttpFacts> = {
  budget: seconds(30),
  attempt: seconds(7),
  describe: url => url,
  command(url, look) {
    const wait = patience(HTTP_ANSWER, look)
    return inSections(
      sh`command -v curl`,
      encoded(sh`if command -v curl > /dev/null; then ${askByCurl(url, wait)}; else ${askByBash(url, wait)}; fi`),
    )
  },
  parse,
}

/** The same of a server at another place than the URL's: curl alone can do that. */
export const httpAt: Probe<HttpQuery, HttpFacts> = {
  ...{ budget: http.budget, attempt: seconds(7) },
  describe: ({ url }) => url,
  command: ({ url, at }, look) =>
    inSections(sh`command -v curl`, encoded(askByCurl(url, patience(HTTP_ANSWER, look), at))),
  parse: (result, { url }) => parse(result, url),
}

function parse(result: CommandResult, url: string): HttpFacts {
  const [curl, said] = answers(result, url, 2)
  if (!curl || !said) throw new UnreadableAnswer(url, result)
  if (isMissing(said)) throw toolMissing(url, result)
  const bytes = decoded(said)
  const answer = readHttp(bytes, { limit: HTTP_LIMIT, whole: said.code === 0 })
  if (answer) return answer
  const stderr = result.stderr.toString()
  const failed = { code: said.code, stderr, anything: bytes.length > 0 }
  return curl.text === '' ? failureOfBash(failed) : failureOfCurl(failed)
}
