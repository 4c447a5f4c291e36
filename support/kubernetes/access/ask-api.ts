import { type Command, type CommandResult, sh } from '../../core/command.ts'
import { type Duration, milliseconds } from '../../core/time/duration.ts'
import { inSeconds } from '../../probe/patience.ts'
import { type Answer, answers, C_LOCALE, inSections } from '../../probe/sections.ts'
import { UnreadableAnswer } from '../../probe/unreadable-answer.ts'
import type { ClusterAccess } from './access.ts'
import { type ApiAnswer, readAnswer } from './api-answer.ts'
import { findKubectl } from './find-kubectl.ts'

/** Path of the API with its query, as kubectl's `--raw` takes it: `/api/v1/nodes`. Names in it must have been checked. */
export type ApiPath = `/${string}`

/** What is asked in one round trip. */
export interface ApiQuestions {
  readonly paths: readonly ApiPath[]
  /** Commands about what the API does not tell. */
  readonly others?: readonly Command[]
}

export interface ApiAnswers {
  /** In the order of the paths. */
  readonly said: readonly ApiAnswer[]
  /** What the further commands said. */
  readonly others: readonly Answer[]
  /** What the clock showed where kubectl ran, in seconds since 1970; before the first of them was asked. */
  readonly now: number
}

/** Of a look's time, for kubectl to start and for the way there and back. */
const WAY = milliseconds(1000)
/** When nothing is said of a look's time. */
const USUAL = milliseconds(10_000)

/**
 * Several paths of the API in one round trip. Asked for raw: a plain `kubectl get` asks first what the server can do, and writes that into the
 * home folder. What kubectl says on standard error (warnings of the server, too) is told only where it failed. Without a
 * user in its kubeconfig it would ask for one on standard input.
 */
export const askApi = (
  { paths, others = [] }: ApiQuestions,
  access: ClusterAccess,
  look: Duration = USUAL,
): Command => sh`
${{ script: C_LOCALE }}
${findKubectl(access)}
raw() {
  { why=$(kube get --raw "$1" --request-timeout=${forEach(look, paths.length)}s 2>&1 >&3 3>&- </dev/null); code=$?; } 3>&1
  [ $code -eq 0 ] || printf '%s\n' "$why"
  return $code
}
${inSections(sh`date +%s`, ...paths.map(path => sh`raw ${path}`), ...others)}`

/** kubectl waits for ever unless it is told; whole seconds, and as many for each path. */
const forEach = (look: Duration, count: number): number =>
  Math.max(1, Math.floor(inSeconds(milliseconds((look.ms - WAY.ms) / Math.max(1, count)))))

/**
 * @param what is asked: `the nodes`
 * @throws UnreadableAnswer when the answers are not there in full; EnvironmentBroken without a kubectl
 */
export function apiAnswers(result: CommandResult, what: string, { paths, others = [] }: ApiQuestions): ApiAnswers {
  const [date, ...all] = answers(result, what, 1 + paths.length + others.length)
  if (!/^\d{9,11}$/.test(date?.text ?? '')) throw new UnreadableAnswer('The clock', result)
  return {
    now: Number(date?.text),
    said: all.slice(0, paths.length).map(each => readAnswer(each, what)),
    others: all.slice(paths.length),
  }
}
