import { sh } from '../../core/command.ts'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import type { Shell } from '../../shell/shell.ts'

const CPU_SAMPLE_TIME = milliseconds(400)
const IDLE_WAIT_TIMEOUT = seconds(20)
const IDLE_SHARE = 0.85

/**
 * Waits until the machine has next to nothing to do. systemd calls itself running some seconds before the last of what it started has
 * come to rest; every machine resumed from a state saved by then would have that work to do again. A machine that never rests is taken as it is.
 */
export async function waitUntilIdle(shell: Shell): Promise<void> {
  const deadline = Deadline.after(IDLE_WAIT_TIMEOUT)
  let before = await times(shell)
  for (;;) {
    await systemClock.wait(CPU_SAMPLE_TIME)
    const now = await times(shell)
    const share = (now.idle - before.idle) / Math.max(1, now.all - before.all)
    if (now.all === 0 || share >= IDLE_SHARE || deadline.expired) return
    before = now
  }
}

interface Times {
  readonly idle: number
  readonly all: number
}

/** The first line of /proc/stat: ticks of all processors in user, nice, system, idle, iowait, … (proc(5)). */
async function times(shell: Shell): Promise<Times> {
  const look = sh`read -r _ times </proc/stat; echo "$times"`
  const { stdout } = await shell.run(look, { attempt: IDLE_WAIT_TIMEOUT })
  const [line = ''] = stdout.toString().split('\n')
  const ticks = line.split(' ').filter(Boolean).map(Number)
  return { idle: (ticks[3] ?? 0) + (ticks[4] ?? 0), all: ticks.reduce((sum, each) => sum + each, 0) }
}
