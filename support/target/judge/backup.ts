/** Whether a backup is young enough. Pure. */
import { type Duration, formatDuration, milliseconds, minutes } from '../../core/time/duration.ts'
import type { Fact } from '../../probe/fact.ts'
import { HELD, type Judgement, notHeld, notKnown } from '../judgement.ts'

/** Two clocks differ. */
const SLACK = minutes(5)

/** @param last when it was made; undefined inside where there is none */
export function isRecent(last: Fact<Date | undefined> | undefined, age: Duration, now: Date): Judgement {
  if (last === undefined)
    return notKnown(
      'no backup is declared: target.backup in nixcumber.config.ts is a command, a file, or labels of hcloud',
    )
  if ('unknown' in last) return notKnown(last)
  if (last.is === undefined) return notHeld('there is no backup')
  const passed = now.getTime() - last.is.getTime()
  if (passed < -SLACK.ms) return notKnown(`the last backup is from the future: ${last.is.toISOString()}`)
  return passed <= age.ms
    ? HELD
    : notHeld(`the last one is of ${last.is.toISOString()}, ${showAge(passed)} ago`, {
        expected: `${showAge(age.ms)} or less`,
      })
}

const DAY = 24 * 3600 * 1000

export const showAge = (ms: number): string => {
  if (ms >= 2 * DAY) return `${Math.floor(ms / DAY)} days`
  return ms >= 2 * 3600 * 1000 ? `${Math.floor(ms / 3600 / 1000)} hours` : formatDuration(milliseconds(Math.max(0, ms)))
}
