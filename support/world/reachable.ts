import type { Reach } from '../claim/reach.ts'
import { Deadline } from '../core/deadline.ts'
import type { Observation } from '../expect/expectation.ts'
import type { Machine } from '../machine/machine.ts'

/** A TCP port asked from the runner. */
export const reachability = (machine: Machine, port: number): Observation<Reach> => ({
  subject: `tcp port ${port} on ${machine.name}`,
  look: async ({ attempt }) => machine.probePort(port, Deadline.after(attempt)),
})
