/**
 * When a service that systemd has started again by itself counts as running. One that falls over every two seconds is active nearly all
 * the time: a look at it says little. `NRestarts` says that it has happened, the age of its main process whether it is over.
 */

import { plural } from '../../core/text/text.ts'
import { type Duration, seconds } from '../../core/time/duration.ts'

export interface Restarted {
  readonly activeState: string
  readonly subState: string
  readonly restarts: number
  readonly age?: number
}

const OFTEN = 3
/** Seconds that its present start must have lasted: after one or two restarts, and after more. */
const SETTLED = { once: 3, often: 30 } as const

/** Waits to be started again, or was so short a time ago that it may fall over once more. */
export function keepsRestarting({ activeState, subState, restarts, age = 0 }: Restarted): boolean {
  if (subState.startsWith('auto-restart')) return true
  const runs = ['active', 'reloading', 'refreshing'].includes(activeState) && subState !== 'exited'
  return runs && restarts > 0 && age < (restarts < OFTEN ? SETTLED.once : SETTLED.often)
}

export interface Young extends Restarted {
  /** Restart= of the service: whether systemd starts it anew when it ends (systemd.service(5)). */
  readonly restart: string
}

/**
 * A service in the first run of a loop looks like one that runs: nothing was counted yet. One that systemd would start again is looked at
 * once more when it has run as long as one must that was restarted; undefined for what says enough already.
 */
export function settlesIn({ activeState, subState, restarts, restart, age }: Young): Duration | undefined {
  const mayLoop = activeState === 'active' && subState !== 'exited' && !['', 'no'].includes(restart)
  return mayLoop && restarts === 0 && age !== undefined && age < SETTLED.once ? seconds(SETTLED.once - age) : undefined
}

/** `4 restarts, the last one 1 s ago`. */
export const restartsOf = ({ restarts, age }: Restarted): string =>
  `${plural(restarts, 'restart')}${age === undefined ? '' : `, the last one ${Math.max(0, Math.round(age))} s ago`}`
