import { systemClock } from '../core/time/clock.ts'
import { minutes } from '../core/time/duration.ts'

/** Keeps the process until a signal ends it: a promise alone would not. */
export async function keepAlive(): Promise<never> {
  for (;;) await systemClock.wait(minutes(60))
}
