/** Transient units on the target (systemd-run(1)): what they do goes on when the connection is gone. */
import { type Command, type CommandResult, sh } from '../../core/command.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { Duration } from '../../core/time/duration.ts'

export const ROLLBACK = 'nixcumber-rollback'
export const SWITCH = 'nixcumber-switch'
export const PERMANENT = 'nixcumber-permanent'

/** Programs of the new system, wherever the target's own PATH leads. */
const pathOf = (system: string): string => `PATH=${system}/sw/bin:/run/current-system/sw/bin:/usr/bin:/bin`

const wholeSeconds = ({ ms }: Duration): number => Math.ceil(ms / 1000)

export const forgetUnit = (unit: string): Command =>
  sh`systemctl stop ${`${unit}.service`} 2>/dev/null; systemctl reset-failed ${`${unit}.service`} 2>/dev/null || :`

/**
 * The way back, before anything is switched. While another switch holds NixOS's lock it is tried again; exit code 4 means that it
 * has switched and a unit has failed.
 * @param old the system that runs
 */
export const armRollback = (old: string, after: Duration): Command => sh`
systemctl reset-failed ${`${ROLLBACK}.service`} 2>/dev/null || :
exec systemd-run --quiet --unit=${ROLLBACK} --on-active=${`${wholeSeconds(after)}s`} --timer-property=AccuracySec=1s \
  --property=Type=oneshot --property=Restart=on-failure --property=RestartSec=5 --property=RestartPreventExitStatus=4 \
  --property=StartLimitIntervalSec=1h --property=StartLimitBurst=20 --setenv=${pathOf(old)} \
  ${`${old}/bin/switch-to-configuration`} test`

/** What an earlier deployment has left is over, or it is in the way. @param system whose programs are found first */
export const startUnit = (unit: string, system: string, within: Duration, words: readonly string[]): Command => sh`
case $(systemctl show --property=SubState --value ${`${unit}.service`}) in
  exited|failed) ${forgetUnit(unit)} ;;
esac
exec systemd-run --quiet --no-block --unit=${unit} --property=Type=oneshot --property=RemainAfterExit=yes \
  --property=TimeoutStartSec=${wholeSeconds(within)} --setenv=${pathOf(system)} ${words}`

export const lookAtUnit = (unit: string): Command =>
  sh`systemctl show --property=LoadState,ActiveState,SubState,Result,ExecMainStatus,ExecStart ${unit}`

export const journalOf = (unit: string): Command =>
  sh`journalctl --quiet --output=cat --lines=30 --unit=${`${unit}.service`}`

export type UnitFacts = Readonly<Record<string, string>>

/** `Name=value`, a line for each; systemctl(1) `show`. @throws EnvironmentBroken */
export function parseUnit({ exitCode, stdout, stderr }: CommandResult): UnitFacts {
  const facts = Object.fromEntries(
    [...stdout.toString().matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  )
  if (exitCode === 0 && facts.ActiveState !== undefined) return facts
  throw new EnvironmentBroken(`systemctl of the target does not say how a unit is: ${stderr.toString().trim()}`)
}

/** The timer counts, and what it will start is the old system. */
export const isArmed = (timer: UnitFacts, service: UnitFacts, old: string): boolean =>
  timer.ActiveState === 'active' &&
  timer.SubState === 'waiting' &&
  (service.ExecStart ?? '').includes(`argv[]=${old}/bin/switch-to-configuration test ;`)

/** How a unit that was started by `startUnit` has ended; undefined while it is at work. */
export function endOf({
  ActiveState,
  SubState,
  Result,
  ExecMainStatus,
}: UnitFacts): { ok: boolean; why: string } | undefined {
  if (ActiveState === 'active' && SubState === 'exited') return { ok: true, why: 'exit code 0' }
  if (ActiveState === 'failed') return { ok: false, why: `${Result}, exit code ${ExecMainStatus}` }
  return ActiveState === 'inactive' ? { ok: false, why: 'it is not known to systemd any more' } : undefined
}
