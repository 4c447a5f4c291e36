import { sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import type { Probe } from './probe.ts'

export interface PeerPortQuery {
  readonly peer: string
  readonly port: number
}

/** What comes of a connection; `unknown` when the machine has no address for the name. */
export type PeerPort = 'open' | 'refused' | 'silent' | 'unreachable' | 'unknown'

const ANSWER_SECONDS = 3

/** A TCP port of another machine, asked from this one; bash alone can do it. */
export const peerPort: Probe<PeerPortQuery, PeerPort> = {
  budget: seconds(15),
  attempt: seconds(ANSWER_SECONDS + 3),
  describe: ({ peer, port }) => `tcp port ${port} of ${peer}`,
  command: ({ peer, port }) =>
    sh`LC_ALL=C timeout ${ANSWER_SECONDS} bash -c 'exec 3<>"$1"' bash ${`/dev/tcp/${peer}/${port}`}`,
  parse({ exitCode, stderr }) {
    const said = stderr.toString()
    if (exitCode === 0) return 'open'
    if (said.includes('Connection refused')) return 'refused'
    if (/No route to host|Network is unreachable/.test(said)) return 'unreachable'
    return /not known|resolution/.test(said) ? 'unknown' : 'silent'
  },
  evidence: () => ({ name: 'network', command: sh`ip -4 addr; ip -4 route; ip -4 neigh; cat /etc/hosts` }),
}
