import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { type CommandFacts, toCommandFacts } from '../command.ts'
import type { Probe } from '../probe.ts'
import { unit } from './unit.ts'

/** What is done to a unit, in the sentence's word, and systemctl's word for it. */
export const UNIT_VERBS = { started: 'start', stopped: 'stop', restarted: 'restart', reloaded: 'reload' } as const
export type UnitVerb = keyof typeof UNIT_VERBS

export interface UnitAction {
  readonly name: string
  readonly verb: UnitVerb
}

/** An action, too: every process of the unit is gone at once, and none was asked to end. */
export const unitKill: Probe<string, CommandFacts> = {
  budget: seconds(0),
  attempt: seconds(30),
  describe: name => `systemctl kill --signal=KILL ${name}`,
  command: name => sh`systemctl kill --signal=KILL -- ${name}`,
  parse: toCommandFacts,
}

/** An action, not a look: to be asked once. systemd gives a start 90 seconds of its own. */
export const unitAction: Probe<UnitAction, CommandFacts> = {
  budget: seconds(0),
  attempt: seconds(100),
  describe: ({ name, verb }) => `systemctl ${UNIT_VERBS[verb]} ${name}`,
  command: ({ name, verb }) => sh`systemctl ${UNIT_VERBS[verb]} -- ${name}`,
  parse: toCommandFacts,
  evidence: ({ name }) => unit.evidence?.(name) as { name: string; command: { script: string } },
}
