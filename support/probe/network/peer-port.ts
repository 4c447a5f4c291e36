import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { inSeconds, patience } from '../patience.ts'
import type { Probe } from '../probe.ts'
import { type Answer, answers, inSections, isMissing, lines } from '../sections.ts'
import { NO_WAY, whyNotResolved } from './peer.ts'

export interface PeerPortQuery {
  readonly peer: string
  readonly port: number
}

/** What comes of a connection; `unnamed` when the machine has no address for the name. Unknown, with the reason, when it was not tried. */
export type PeerPort =
  | 'open'
  | 'refused'
  | 'silent'
  | 'unreachable'
  | 'no way'
  | 'unnamed'
  | { readonly unknown: string }

const ANSWER = seconds(3)

/** A TCP port of another machine, asked from this one; bash alone can do it. */
export const peerPort: Probe<PeerPortQuery, PeerPort> = {
  budget: seconds(15),
  attempt: seconds(6),
  describe: ({ peer, port }) => `tcp port ${port} of ${peer}`,
  command: ({ peer, port }, look) =>
    inSections(
      sh`getent ahosts ${peer}`,
      sh`timeout ${inSeconds(patience(ANSWER, look))} bash -c 'exec 3<>"$1"' bash ${`/dev/tcp/${peer}/${port}`} 2>&1`,
    ),
  parse(result, query) {
    const [resolved, tried] = answers(result, peerPort.describe(query), 2)
    const unknown = whyNotResolved(resolved)
    if (unknown !== undefined) return { unknown }
    return resolved?.text === '' ? 'unnamed' : stateOf(tried)
  },
  evidence: () => ({ name: 'network', command: sh`ip -4 addr; ip -4 route; ip -4 neigh; cat /etc/hosts` }),
}

/** timeout(1) ended it. */
const TIMED_OUT = 124

function stateOf(answer: Answer | undefined): PeerPort {
  if (!answer || isMissing(answer)) return { unknown: lines(answer?.text)[0] ?? 'it could not be tried' }
  const { code, text } = answer
  if (code === 0) return 'open'
  if (text.includes('Connection refused')) return 'refused'
  if (text.includes('No route to host')) return 'unreachable'
  if (NO_WAY.test(text)) return 'no way'
  if (code === TIMED_OUT || text.includes('Connection timed out')) return 'silent'
  return { unknown: lines(text).at(-1) ?? `bash has ended with ${code}` }
}
