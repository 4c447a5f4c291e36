import { type Duration, milliseconds } from '../core/duration.ts'

const FIRST = [100, 250, 500].map(milliseconds)
const STEADY = milliseconds(1000)

/** The pauses between looks: short ones first, because most things are soon true; steady afterwards, because the rest takes long. */
export function* pauses(): Generator<Duration, never> {
  yield* FIRST
  while (true) yield STEADY
}
