import { sh } from '../../core/command.ts'
import { type Duration, milliseconds, seconds } from '../../core/time/duration.ts'
import { inSeconds, patience } from '../patience.ts'
import type { Probe } from '../probe.ts'
import { type Answer, answers, C_LOCALE, inSections, isMissing, lines } from '../sections.ts'

export interface PeerQuery {
  /** A name, as programs on the machine would use it. */
  readonly peer: string
  /** How many pings one look takes. */
  readonly pings: number
}

export interface PeerFacts {
  /** What the machine takes the name for; undefined when it knows none. */
  readonly address?: string
  /** Why it could not be asked: no ping, or one that may not send. */
  readonly unknown?: string
  /** Of each ping that was answered. */
  readonly roundTripsMs: readonly number[]
  /** What the kernel knows of the other card: REACHABLE, STALE, FAILED … (ip-neighbour(8)). */
  readonly neighbour?: string
}

const ANSWER = seconds(2)
/** Between two pings of one look. */
const INTERVAL = milliseconds(200)

/** Another machine, as it is reached from this one: by its name and a ping. */
export const peer: Probe<PeerQuery, PeerFacts> = {
  budget: seconds(15),
  attempt: seconds(8),
  describe: query => `the way to ${query.peer}`,
  command: ({ peer: name, pings }, look) => sh`${{ script: C_LOCALE }}
found=$(getent ahostsv4 ${name})
code=$? address=\${found%%[!0-9.]*}
${inSections(
  sh`printf '%s\n' "$address"; (exit "$code")`,
  sh`test -z "$address" || ping -n -c ${pings} -i ${inSeconds(INTERVAL)} -W ${waitFor(pings, look)} "$address" 2>&1`,
  sh`test -z "$address" || ip -4 neigh show "$address"`,
)}`,
  parse(result, query) {
    const [resolved, pinged, neighbours] = answers(result, peer.describe(query), 3)
    const address = resolved?.text
    const neighbour = /\b([A-Z]{4,})\s*$/.exec(lines(neighbours?.text)[0] ?? '')?.[1]
    const times = [...(pinged?.text ?? '').matchAll(/ time[=<]([\d.]+) ms/g)].map(([, time]) => Number(time))
    const unknown = whyNotResolved(resolved) ?? (address ? whyNotPinged(pinged, times) : undefined)
    return {
      ...(address && { address }),
      ...(unknown !== undefined && { unknown }),
      roundTripsMs: times,
      ...(neighbour && { neighbour }),
    }
  },
  evidence: () => ({ name: 'network', command: sh`ip -4 addr; ip -4 route; ip -4 neigh; cat /etc/hosts` }),
}

/** For the last of the pings, in whole seconds: not each ping(8) takes parts of one. */
function waitFor(pings: number, look: Duration | undefined): number {
  const sending = (pings - 1) * INTERVAL.ms
  const whole = patience(milliseconds(ANSWER.ms + sending), look)
  return Math.max(1, Math.floor(inSeconds(milliseconds(whole.ms - sending))))
}

/** getent(1): the name was not found. */
const NO_SUCH_NAME = 2

/** Undefined when it is known what the machine takes the name for. */
export function whyNotResolved(answer: Answer | undefined): string | undefined {
  if (answer?.code === NO_SUCH_NAME || (answer?.code === 0 && answer.text !== '')) return undefined
  return answer && isMissing(answer) ? 'there is no getent on this machine' : 'getent has failed'
}

/**
 * The machine's own words for having no way to go, when it has tried to (connect(2); ip-route(8): `unreachable`, `blackhole` and `prohibit`
 * routes): then it is known that none was answered. Of a way that is prohibited, ping asks whether it leads to all.
 */
export const NO_WAY =
  /Network is unreachable|No route to host|connect: (?:Invalid argument|Permission denied)|^ping: Do you want to ping broadcast\?/m

/** ping(8) ends with 1 when nothing came back, and with 2 for any other fault. */
function whyNotPinged(answer: Answer | undefined, times: readonly number[]): string | undefined {
  if (!answer || isMissing(answer)) return 'there is no ping on this machine'
  const said = lines(answer.text).at(-1) ?? ''
  if (answer.code === 0) return times.length > 0 ? undefined : `ping has said something else than its answers: ${said}`
  return answer.code === 1 || NO_WAY.test(answer.text) ? undefined : said || `ping has ended with ${answer.code}`
}
