/** The ways in which a judged system gets onto its target, and what is refused. */
import { resolve } from 'node:path'
import { refuse } from '../../../core/refusal.ts'
import type { Duration } from '../../../core/time/duration.ts'
import { minutes } from '../../../core/time/duration.ts'
import { refuseUnconfirmed } from '../../../deploy/confirm.ts'
import type { Level } from '../../../gate/verdict.ts'
import type { SshPlan } from '../../../machine/machine.ts'
import { parseMachineUrl } from '../../../machine/pool/driver-registry.ts'
import { noWay } from './no-way.ts'

export const WAYS = ['install', 'switch', 'rebuild'] as const
export type Way = (typeof WAYS)[number]

export interface ThenAsked {
  readonly then?: string
  readonly target?: string
  readonly yes?: string
  readonly rollbackAfter?: Duration
  readonly kexec?: string
  readonly level?: Level
}

export interface Wanted {
  readonly way: Way
  readonly host: string
  readonly plan: SshPlan
  readonly yes: string | undefined
  readonly after: Duration
  /** The tarball of an installer, for a target that runs none. */
  readonly kexec?: string
}

const ROLLBACK_AFTER = minutes(10)

/** Before anything is judged or connected to. @throws UsageError */
export function wantedThen(host: string, asked: ThenAsked, folder: string): Wanted | undefined {
  const { then, target, yes, rollbackAfter, kexec, level } = asked
  if (then === undefined) {
    refuseIdle({ '--yes': yes, '--rollback-after': rollbackAfter }, '--then')
    return undefined
  }
  const way = WAYS.find(each => each === then)
  if (way === undefined) throw noWay(then, target === undefined ? { host } : targetPlan(host, target, folder), host)
  if (target === undefined) throw noTarget(then, host)
  if (way !== 'switch') refuseIdle({ '--rollback-after': rollbackAfter }, '--then switch')
  if (way !== 'install') refuseIdle({ '--kexec': kexec }, '--then install')
  else if (level === 'vm') throw levelTooLow(host)
  const plan = targetPlan(host, target, folder)
  refuseUnconfirmed(host, { input: process.stdin, ...(yes === undefined ? {} : { yes }) })
  const tarball = kexec === undefined ? {} : { kexec: resolve(folder, kexec) }
  return { way, host, plan, yes, after: rollbackAfter ?? ROLLBACK_AFTER, ...tarball }
}

function targetPlan(host: string, target: string, folder: string): SshPlan {
  const plan = parseMachineUrl(`${host}=${target}`, { folder, env: process.env })
  if (plan.kind === 'ssh') return plan as SshPlan
  throw refuse({ what: 'A target is reached by ssh', expected: 'ssh://root@host', got: target })
}

/** @throws UsageError for an option that is heard only beside another */
export function refuseIdle(given: Readonly<Record<string, unknown>>, wants = '--then switch or --then rebuild'): void {
  for (const [option, value] of Object.entries(given))
    if (value !== undefined) throw refuse({ what: `${option} says nothing here`, expected: `it beside ${wants}` })
}

const levelTooLow = (host: string) =>
  refuse({
    what: 'A verdict of level "vm" is no GO for a wipe',
    expected: 'the level "installed", which is judged where nothing is said',
    next: `nixcumber gate ${host} --target ssh://root@${host} --then install`,
  })

const noTarget = (then: string, host: string) =>
  refuse({
    what: `--then ${then} needs the machine that is meant`,
    expected: `--target ssh://root@host`,
    next: `nixcumber gate ${host} --target ssh://root@${host} --then ${then}`,
  })
