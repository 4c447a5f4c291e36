import { type Duration, milliseconds } from '../core/time/duration.ts'

const FIRST_INTERVALS_MS = [100, 250, 500].map(milliseconds)
const STEADY_INTERVAL_MS = milliseconds(1000)

/** The pauses between looks: short ones first, because most things are soon true; steady afterwards, because the rest takes long. */
export function* pollIntervals(): Generator<Duration, never> {
  yield* FIRST_INTERVALS_MS
  while (true) yield STEADY_INTERVAL_MS
}
