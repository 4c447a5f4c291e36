/** The way back is set before anything is switched, and it is looked whether it really counts. */
import { EnvironmentBroken } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { type Duration, seconds } from '../../core/time/duration.ts'
import type { DeployTarget } from '../deploy-target.ts'
import { armRollback, isArmed, lookAtUnit, parseUnit, ROLLBACK } from './units.ts'

const COMMAND = seconds(30)

/** @throws EnvironmentBroken when the timer does not count, or would start something else than the old system */
export async function arm(target: DeployTarget, old: string, after: Duration): Promise<void> {
  const { exitCode, stderr } = await target.run(armRollback(old, after), COMMAND)
  if (exitCode !== 0) throw notSet(stderr.toString().trim())
  const timer = parseUnit(await target.run(lookAtUnit(`${ROLLBACK}.timer`), COMMAND))
  const service = parseUnit(await target.run(lookAtUnit(`${ROLLBACK}.service`), COMMAND))
  if (isArmed(timer, service, old)) return
  const got = `${timer.ActiveState}, ${timer.SubState}; it would start ${service.ExecStart ?? 'nothing'}`
  throw new EnvironmentBroken(`The timer ${ROLLBACK} on the target is not armed: ${got}`)
}

const notSet = (said: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `The timer that brings the old system back cannot be set\n${rows({
      Said: said,
      Next: `another deployment may be at work there: systemctl status ${ROLLBACK}.timer`,
    })}`.trimEnd(),
  )
