/** A program on the target in a unit of its own: it goes on when the connection is gone, and its end is read off the unit. */
import { EnvironmentBroken, ExpectationNotMet } from '../../core/errors.ts'
import { rows, tail } from '../../core/text/text.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { type Duration, seconds } from '../../core/time/duration.ts'
import { type DeployTarget, pollTarget } from '../deploy-target.ts'
import { endOf, forgetUnit, journalOf, lookAtUnit, parseUnit, startUnit } from './units.ts'

const COMMAND = seconds(30)

interface UnitRun {
  readonly unit: string
  readonly system: string
  readonly within: Duration
  readonly words: readonly string[]
}

/** @throws ExpectationNotMet when it fails, with what it said; EnvironmentBroken when its end was not seen in time */
export async function runUnit(target: DeployTarget, { unit, system, within, words }: UnitRun): Promise<void> {
  const deadline = Deadline.after(within)
  const { exitCode, stderr } = await target.run(startUnit(unit, system, within, words), COMMAND)
  if (exitCode !== 0)
    throw new EnvironmentBroken(`${unit} cannot be started on the target: ${stderr.toString().trim()}`)
  const what = `The end of ${words[0]} on the target`
  const end = await pollTarget(target, { deadline, what }, async (there, attempt) =>
    endOf(parseUnit(await there.run(lookAtUnit(`${unit}.service`), attempt))),
  )
  if (end.ok) return void (await target.run(forgetUnit(unit), COMMAND))
  const { stdout } = await target.run(journalOf(unit), COMMAND)
  throw new ExpectationNotMet(
    `${unit} failed on the target: ${end.why}\n${rows({ Said: tail(stdout.toString().trim(), 20) })}`.trimEnd(),
  )
}
