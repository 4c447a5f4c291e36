import type { Reach } from '../../claim/network/reach.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { milliseconds } from '../../core/time/duration.ts'
import type { Observation } from '../../expect/expectation.ts'
import type { Machine } from '../../machine/machine.ts'
import { patience } from '../../probe/patience.ts'

/** A lost SYN is sent again after one and after three seconds (RFC 6298): what is silent then drops them. However slow the machine is, its kernel answers. */
const CONNECT_TIMEOUT = milliseconds(3500)

/** A TCP port asked from the runner. */
export const reachability = (machine: Machine, port: number): Observation<Reach> => ({
  subject: `tcp port ${port} on ${machine.name}`,
  // The SYN that is sent again asks again.
  lasting: true,
  look: async ({ attempt }) => machine.probePort(port, Deadline.after(patience(CONNECT_TIMEOUT, attempt))),
})
