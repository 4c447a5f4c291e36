import { sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import { NotSupported } from '../core/errors.ts'
import type { Probe } from './probe.ts'
import { answers, C_LOCALE, inSections, lines } from './sections.ts'

export interface PeerQuery {
  /** A name, as programs on the machine would use it. */
  readonly peer: string
  /** How many pings one look takes. */
  readonly pings: number
}

export interface PeerFacts {
  /** What the machine takes the name for. */
  readonly address?: string
  /** Of each ping that was answered. */
  readonly roundTripsMs: readonly number[]
  /** What the kernel knows of the other card: REACHABLE, STALE, FAILED … (ip-neighbour(8)). */
  readonly neighbour?: string
}

const ANSWER_SECONDS = 2

/** Another machine, as it is reached from this one: by its name and a ping. */
export const peer: Probe<PeerQuery, PeerFacts> = {
  budget: seconds(15),
  attempt: seconds(8),
  describe: query => `the way to ${query.peer}`,
  command: ({ peer: name, pings }) => sh`${{ script: C_LOCALE }}
address=$(getent ahostsv4 ${name} | head -n 1 | cut -d ' ' -f 1)
${inSections(
  sh`printf '%s\n' "$address"`,
  sh`if command -v ping > /dev/null; then
test -z "$address" || ping -n -c ${pings} -i 0.2 -W ${ANSWER_SECONDS} "$address" 2>&1
else echo 'no ping here'; fi`,
  sh`test -z "$address" || ip -4 neigh show "$address"`,
)}`,
  parse(result, query) {
    const [resolved, pinged, neighbours] = answers(result, peer.describe(query), 3)
    if (pinged?.text === 'no ping here') throw new NotSupported('There is no ping on this machine')
    const address = resolved?.text
    const neighbour = /\b([A-Z]{4,})\s*$/.exec(lines(neighbours?.text)[0] ?? '')?.[1]
    return {
      ...(address && { address }),
      roundTripsMs: [...(pinged?.text ?? '').matchAll(/ time=([\d.]+) ms/g)].map(([, time]) => Number(time)),
      ...(neighbour && { neighbour }),
    }
  },
  evidence: () => ({ name: 'network', command: sh`ip -4 addr; ip -4 route; ip -4 neigh; cat /etc/hosts` }),
}
