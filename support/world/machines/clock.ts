import { argv } from '../../core/command.ts'
import { type Duration, formatDuration, milliseconds } from '../../core/time/duration.ts'
import { claim } from '../../expect/claim.ts'
import type { Expectation, Observation } from '../../expect/expectation.ts'
import type { Machine } from '../../machine/machine.ts'
import { isMissing } from '../../probe/sections.ts'
import { toolMissing, UnreadableAnswer } from '../../probe/unreadable-answer.ts'
import type { Shell } from '../../shell/shell.ts'

/**
 * How far the machine's clock is ahead of the runner's, below zero when it is behind; milliseconds. When exactly the machine looked at
 * its clock is not known: somewhere between question and answer.
 */
export interface ClockFacts {
  readonly atLeast: number
  readonly atMost: number
}

export const clockOf = (machine: Machine, shell: () => Promise<Shell>): Observation<ClockFacts> => ({
  subject: `the clock of ${machine.name}`,
  async look({ attempt, signal }) {
    const shown = await shell()
    const before = Date.now()
    const result = await shown.run(argv('date', '+%s.%N'), { attempt, signal })
    const after = Date.now()
    if (isMissing({ code: result.exitCode })) throw toolMissing('The clock', result)
    const text = result.stdout.toString()
    if (result.exitCode !== 0 || !/^\d+\.\d{9}\n$/.test(text)) throw new UnreadableAnswer('The clock', result)
    const there = Number(text) * 1000
    return { atLeast: there - after, atMost: there - before }
  },
})

/** More than that and certificates, logs and timers of machines that work together begin to disagree. */
const IN_STEP = milliseconds(2000)

export const clockIsRight: Expectation<ClockFacts> = claim({
  wanted: `within ${formatDuration(IN_STEP)} of the runner's`,
  missed: 'was not right',
  unknown: facts => (isRight(facts) || isWrong(facts) ? undefined : `its answer took ${formatDuration(spread(facts))}`),
  holds: isRight,
  seen: facts => (isWrong(facts) ? difference(facts) : 'right, as far as can be told'),
})

function isRight({ atLeast, atMost }: ClockFacts): boolean {
  return atLeast >= -IN_STEP.ms && atMost <= IN_STEP.ms
}

const isWrong = ({ atLeast, atMost }: ClockFacts): boolean => atLeast > IN_STEP.ms || atMost < -IN_STEP.ms
const spread = ({ atLeast, atMost }: ClockFacts): Duration => milliseconds(atMost - atLeast)

const difference = ({ atLeast, atMost }: ClockFacts): string =>
  `${formatDuration(milliseconds(atLeast > 0 ? atLeast : -atMost))} ${atLeast > 0 ? 'ahead' : 'behind'}`
