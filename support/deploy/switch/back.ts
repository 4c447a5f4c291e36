/** The old system runs again: at once where the target answers, else by its timer. It counts when it was seen. */
import { Deadline } from '../../core/time/deadline.ts'
import { type Duration, milliseconds, minutes, seconds } from '../../core/time/duration.ts'
import { type DeployTarget, pollTarget } from '../deploy-target.ts'
import { parseRunning, type Running, running } from './running.ts'
import { lookAtUnit, parseUnit, ROLLBACK } from './units.ts'

const COMMAND = seconds(30)
/** What its switch-to-configuration may take when the timer has gone off. */
const SWITCH_BOUND = minutes(5)

/** @param after in which the timer goes off. @throws EnvironmentBroken when the old system was not seen running again */
export async function goBack(target: DeployTarget, before: Running, after: Duration): Promise<void> {
  const begin = { script: `systemctl start --no-block ${ROLLBACK}.service` }
  // A target that does not answer has its timer.
  await target.run(begin, COMMAND).catch(() => undefined)
  const deadline = Deadline.after(milliseconds(after.ms + SWITCH_BOUND.ms))
  const what = `That the target runs ${before.system} again`
  await pollTarget(target, { deadline, what }, async (there, within) => {
    const now = parseRunning(await there.run(running(), within))
    const { ActiveState } = parseUnit(await there.run(lookAtUnit(`${ROLLBACK}.service`), within))
    const isBack = now.system === before.system && now.profile === before.profile && ActiveState !== 'activating'
    return isBack || undefined
  })
  await target.run({ script: `systemctl stop ${ROLLBACK}.timer` }, COMMAND)
}
