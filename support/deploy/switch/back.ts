/** The old system runs again: at once where the target answers, else by its timer. It counts when it was seen. */
import { Deadline } from '../../core/time/deadline.ts'
import { type Duration, milliseconds, minutes } from '../../core/time/duration.ts'
import { type DeployTarget, pollTarget } from '../deploy-target.ts'
import { parseRunning, type Running, running } from './running.ts'
import { lookAtUnit, PERMANENT, parseUnit, ROLLBACK, SWITCH, type UnitFacts } from './units.ts'

/** What its switch-to-configuration may take when the timer has gone off. */
const SWITCH_BOUND = minutes(5)

interface Back {
  readonly system: string
  readonly before: Running
  /** In which the timer goes off. */
  readonly after: Duration
}

export interface Seen {
  readonly now: Running
  readonly timer: UnitFacts
  readonly rollback: UnitFacts
  /** Units of this deployment that are at work. */
  readonly busy: boolean
}

/**
 * `kept`: the new system had been made permanent, and only the word of it was lost.
 * @throws EnvironmentBroken when neither was seen
 */
export async function goBack(target: DeployTarget, { system, before, after }: Back): Promise<'back' | 'kept'> {
  const deadline = Deadline.after(milliseconds(after.ms + SWITCH_BOUND.ms))
  const what = `That the target runs ${before.system} again`
  const end = await pollTarget(target, { deadline, what }, async (there, within) => {
    const next = nextOf(await see(there, within), system, before)
    if (next === 'begin') await there.run({ script: `systemctl start --no-block ${ROLLBACK}.service` }, within)
    return next === 'back' || next === 'kept' ? next : undefined
  })
  if (end === 'back') await stopTimer(target)
  return end
}

/** Nothing is begun while the deployment's own units are at work: they would undo it. Pure. */
export function nextOf({ now, timer, rollback, busy }: Seen, system: string, before: Running) {
  if (busy || rollback.ActiveState === 'activating') return 'wait'
  if (now.system === before.system && now.profile === before.profile) return 'back'
  if (timer.ActiveState === 'active') return 'begin'
  return now.system === system && now.profile === system ? 'kept' : 'wait'
}

async function see(target: DeployTarget, within: Duration): Promise<Seen> {
  const unit = async (name: string): Promise<UnitFacts> => parseUnit(await target.run(lookAtUnit(name), within))
  const own = [await unit(`${SWITCH}.service`), await unit(`${PERMANENT}.service`)]
  return {
    now: parseRunning(await target.run(running(), within)),
    timer: await unit(`${ROLLBACK}.timer`),
    rollback: await unit(`${ROLLBACK}.service`),
    busy: own.some(({ ActiveState }) => ActiveState === 'activating'),
  }
}

const stopTimer = (target: DeployTarget): Promise<unknown> =>
  pollTarget(target, { deadline: Deadline.after(minutes(1)), what: 'The end of the timer' }, (there, within) =>
    there.run({ script: `systemctl stop ${ROLLBACK}.timer` }, within),
  )
