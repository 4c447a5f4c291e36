import { type Duration, milliseconds } from '../core/time/duration.ts'

/** A shorter silence says nothing: a SYN that is lost is sent again after one second (RFC 6298, 2). */
const LEAST = milliseconds(1200)
/** Of a look's time, for the way there and back and for programs to start. */
const WAY = milliseconds(500)

/**
 * How long a look waits on purpose for what may stay silent, so that it ends with an answer and is not cut off: its usual time, or what fits
 * into the time of the whole look. Never so short that a silence would say nothing: then being cut off is the truth.
 */
export const patience = (usual: Duration, look: Duration | undefined): Duration =>
  look ? milliseconds(Math.min(usual.ms, Math.max(LEAST.ms, Math.floor(look.ms - WAY.ms)))) : usual

/** As timeout(1) and curl(1) take it. */
export const inSeconds = ({ ms }: Duration): number => ms / 1000
