import { argv } from '../core/command.ts'
import { formatDuration, milliseconds } from '../core/duration.ts'
import { claim } from '../expect/claim.ts'
import type { Expectation, Observation } from '../expect/expectation.ts'
import type { Machine } from '../machine/machine.ts'
import type { Shell } from '../shell/shell.ts'

export interface ClockFacts {
  /** How far the machine's clock is ahead of the runner's; below zero when it is behind. Milliseconds, 0 when no difference is sure. */
  readonly ahead: number
}

/** Whoever asks cannot know when exactly the machine looked at its clock: somewhere between question and answer. */
export const clockOf = (machine: Machine, shell: () => Promise<Shell>): Observation<ClockFacts> => ({
  subject: `the clock of ${machine.name}`,
  async look({ attempt, signal }) {
    const shown = await shell()
    const before = Date.now()
    const { stdout } = await shown.run(argv('date', '+%s.%N'), { attempt, signal })
    const after = Date.now()
    const there = Number(stdout.toString()) * 1000
    return { ahead: Math.max(0, there - after) + Math.min(0, there - before) }
  },
})

/** More than that and certificates, logs and timers of machines that work together begin to disagree. */
const IN_STEP = milliseconds(2000)

export const clockIsRight: Expectation<ClockFacts> = claim({
  wanted: `within ${formatDuration(IN_STEP)} of the runner's`,
  missed: 'was not right',
  holds: ({ ahead }) => Math.abs(ahead) <= IN_STEP.ms,
  seen: ({ ahead }) =>
    ahead === 0 ? 'right' : `${formatDuration(milliseconds(Math.abs(ahead)))} ${ahead > 0 ? 'ahead' : 'behind'}`,
})
