/**
 * A running NixOS switched to a system that goes back by itself: a timer on the target starts the old system's switch-to-configuration
 * unless the features have held before. Silence, Ctrl-C, a killed runner and a dead network end in the old system.
 */
import { EnvironmentBroken, ExpectationNotMet, NixcumberError } from '../../core/errors.ts'
import { Deadline } from '../../core/time/deadline.ts'
import {
  type Duration,
  formatDuration,
  milliseconds,
  minutes,
  scale,
  seconds,
  shorter,
} from '../../core/time/duration.ts'
import type { DeployTarget } from '../deploy-target.ts'
import type { Stages } from '../stages.ts'
import { arm } from './arm.ts'
import { goBack } from './back.ts'
import { permanent } from './permanent.ts'
import { runUnit } from './run-unit.ts'
import { parseRunning, type Running, running } from './running.ts'
import { PERMANENT, ROLLBACK, SWITCH } from './units.ts'

export interface Switching {
  readonly target: DeployTarget
  readonly stages: Stages
  /** Path of the system that is bound; it lies on the target already. */
  readonly system: string
  readonly before: Running
  /** From the moment in which the timer is set until it goes off. */
  readonly after: Duration
  /** All features that only look, live. Exit code as of a run. */
  features(): Promise<number>
}

export type Outcome = { readonly is: 'holds' } | { readonly is: 'rolled back'; readonly why: NixcumberError }

/** @throws NixcumberError where it is not known what the target runs, or nothing was changed */
export async function switchTo(switching: Switching): Promise<Outcome> {
  const { stages, target, system, before, after } = switching
  const deadline = Deadline.after(after)
  await stages.go({
    ...{ name: 'arm', otherwise: 'nothing was changed but, perhaps, a timer that brings back what runs already' },
    does: `sets a timer that brings ${before.system} back in ${formatDuration(after)}`,
    run: () => arm(target, before.system, after),
  })
  const why = await hindrance(() => stay(switching, deadline))
  if (why === undefined) return { is: 'holds' }
  const end = await stages.go({
    ...{ name: 'roll back', does: `runs ${before.system} again, for: ${firstLine(why)}` },
    otherwise: `it runs ${before.system} or ${system}, and is to run ${before.system} within ${formatDuration(after)}: readlink /run/current-system; systemctl status '${ROLLBACK}*'`,
    run: () => goBack(target, { system, before, after }),
  })
  return end === 'kept' ? { is: 'holds' } : { is: 'rolled back', why }
}

/** @throws NixcumberError: then the timer must bring the old system back */
async function stay(switching: Switching, deadline: Deadline): Promise<void> {
  const { stages, system, before } = switching
  const otherwise = `it runs ${system} until the timer ${ROLLBACK} goes off, then ${before.system} again, which it also boots`
  const activation = { name: 'activate', does: `runs ${system}, until a reboot`, otherwise }
  await stages.go({ ...activation, run: () => activate(switching, deadline) })
  const features = { name: 'features', does: 'is asked whether the features hold there', otherwise }
  await stages.go({ ...features, run: () => live(switching, deadline) })
  const keeping = { name: 'keep', does: `boots ${system} from now on; the timer is stopped`, otherwise }
  await stages.go({ ...keeping, run: () => keep(switching, deadline) })
}

async function hindrance(act: () => Promise<void>): Promise<NixcumberError | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    if (error instanceof NixcumberError) return error
    throw error
  }
}

/** Its end is read off the unit: the connection may break meanwhile. */
async function activate({ target, system, after }: Switching, deadline: Deadline): Promise<void> {
  const within = milliseconds(Math.max(1000, deadline.remaining.ms - margin(after).ms))
  await runUnit(target, { unit: SWITCH, system, within, words: [`${system}/bin/switch-to-configuration`, 'test'] })
  await mustRun(target, { system })
}

async function live({ features, after }: Switching, deadline: Deadline): Promise<void> {
  const exitCode = await features()
  if (exitCode === 1) throw new ExpectationNotMet('Not all features hold on the target')
  if (exitCode !== 0) throw new EnvironmentBroken('It could not be checked whether the features hold on the target')
  if (deadline.remaining.ms >= margin(after).ms) return
  throw new EnvironmentBroken(
    `The features hold, and it took too long to tell: the timer goes off after ${formatDuration(after)}`,
  )
}

async function keep({ target, system, before }: Switching, deadline: Deadline): Promise<void> {
  const within = shorter(minutes(5), milliseconds(Math.max(1000, deadline.remaining.ms)))
  await runUnit(target, { unit: PERMANENT, system, within, words: permanent(system, before) })
  await mustRun(target, { system, profile: system })
}

/** What it takes to make it permanent, at most a minute. */
const margin = (after: Duration): Duration => shorter(minutes(1), scale(after, 0.25))

/** @throws EnvironmentBroken */
export async function mustRun(target: DeployTarget, wanted: { system: string; profile?: string }): Promise<void> {
  const { system, profile } = parseRunning(await target.run(running(), seconds(30)))
  if (system !== wanted.system)
    throw new EnvironmentBroken(`The target was to run ${wanted.system}, and runs ${system}`)
  if (wanted.profile !== undefined && profile !== wanted.profile)
    throw new EnvironmentBroken(`The profile of the target was to be ${wanted.profile}, and is ${profile}`)
}

const firstLine = ({ message }: Error): string => message.split('\n')[0] ?? ''
