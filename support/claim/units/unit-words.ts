import { plural } from '../../core/text/text.ts'
import { isUp, type SystemState } from '../../probe/system/system-state.ts'
import type { UnitFacts } from '../../probe/units/unit.ts'
import { keepsRestarting, restartsOf } from './restarts.ts'

/** One whose file is gone is there as long as systemd runs it, or remembers that it failed. */
export const unitIsThere = ({ loadState, activeState }: Pick<UnitFacts, 'loadState' | 'activeState'>): boolean =>
  loadState !== 'not-found' || activeState !== 'inactive'

/** `activating (auto-restart), exit code 1, 4 restarts`. */
export function seenRunning(unit: UnitFacts): string {
  if (!unitIsThere(unit)) return 'no such unit'
  const { activeState, subState, exit, restarts, result } = unit
  const ended = exit.signal ? `killed by signal ${exit.code}` : exit.code !== 0 && `exit code ${exit.code}`
  const parts = [
    unit.loadState === 'masked' ? 'masked' : `${activeState} (${subState})`,
    activeState !== 'active' && (ended || (result !== 'success' && result)),
    restarts > 0 && (keepsRestarting(unit) ? restartsOf(unit) : plural(restarts, 'restart')),
    unit.loadState === 'not-found' && 'its unit file is gone',
    unit.id !== unit.name && `an alias of ${unit.id}`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** `disabled, wanted by no unit`. */
export function seenOnDisk(unit: UnitFacts): string {
  if (!unitIsThere(unit)) return 'no such unit'
  const by = unit.wantedBy.length > 0 ? unit.wantedBy.join(', ') : 'no unit'
  return `${unit.fileState || unit.loadState}, wanted by ${by}`
}

interface Named {
  readonly name: string
  readonly nearest?: string
  readonly system: SystemState
}

/** The end of all waiting for a unit that is not there, once everything that comes by itself has come. */
export function noSuchUnit(unit: UnitFacts): string | undefined {
  return unitIsThere(unit) ? undefined : whyNoUnit(unit)
}

/** `there is no unit ngnix.service, did you mean nginx.service?`; undefined while it may still come. */
export function whyNoUnit({ name, nearest, system }: Named): string | undefined {
  if (!isUp(system)) return undefined
  return `there is no unit ${name}${nearest ? `, did you mean ${nearest}?` : ''}`
}

/** Failed for good: nothing queued, nothing that may start it again, the system up. */
export function whyNeverActive(unit: UnitFacts): string | undefined {
  if (unit.loadState === 'masked') return 'it is masked'
  if (unit.loadState === 'bad-setting' || unit.loadState === 'error') return 'systemd could not load its unit file'
  const final = unit.activeState === 'failed' && !unit.job && unit.triggeredBy.length === 0 && isUp(unit.system)
  return final ? `it failed for good (${unit.result})` : undefined
}
