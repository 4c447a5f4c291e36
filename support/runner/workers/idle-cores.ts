import { cpus } from 'node:os'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds } from '../../core/time/duration.ts'

const CPU_SAMPLE_TIME = milliseconds(500)

/** How many cores of this computer had nothing to do in the last half second (proc(5), stat). */
export async function idleCores(): Promise<number> {
  const [before, start] = [idle(), systemClock.now()]
  await systemClock.wait(CPU_SAMPLE_TIME)
  return (idle() - before) / (systemClock.now() - start)
}

const idle = (): number => cpus().reduce((sum, { times }) => sum + times.idle, 0)
