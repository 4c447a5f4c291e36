import { tail } from '../../core/text/text.ts'
import { type Duration, scale, seconds, shorter } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import type { Evidence, LookLimits, Observation } from '../../expect/expectation.ts'
import { enterCommand } from '../../machine/abilities.ts'
import type { Machine } from '../../machine/machine.ts'
import type { EvidenceOf, Probe } from '../../probe/probe.ts'
import type { Shell } from '../../shell/shell.ts'
import { noAnswerMessage } from '../machines/machine-loss.ts'
import { findErrorLine } from './journal-hint.ts'

export interface Asked<Query, Facts> {
  readonly machine: Machine
  readonly probe: Probe<Query, Facts>
  readonly query: Query
  shell(): Promise<Shell>
}

/** It comes on top of the sentence's own time, all in all: connecting and cutting off, too. An emulated machine gets more. */
const EVIDENCE_BOUND: Duration = seconds(2)
const EVIDENCE_BOUND_MOST: Duration = seconds(5)
const EVIDENCE_LINES = 20

/** Ties a machine, a probe and a query together into something that can be looked at. */
export function observeMachine<Query, Facts>(asked: Asked<Query, Facts>): Observation<Facts> {
  const { machine, probe, query, shell } = asked
  return {
    subject: `${probe.describe(query)} on ${machine.name}`,
    async look(limits: LookLimits): Promise<Facts> {
      return probe.parse(await (await shell()).run(probe.command(query, limits.attempt), limits), query)
    },
    silence: noAnswerMessage(machine),
    evidence: () => gather(asked),
  }
}

async function gather<Query, Facts>(asked: Asked<Query, Facts>): Promise<Evidence> {
  const { machine, probe, query } = asked
  const more = probe.evidence?.(query)
  const text = more ? await ask(asked, more) : ''
  const telling = findErrorLine(text)
  const inside = enterCommand(machine.plan)
  const where = [text && `${more?.name} below`, machine.console && `console: ${machine.console.transcriptFile}`]
  const next = [telling && `see in the ${more?.name}: ${telling}`, inside && `look inside: ${inside}`]
  return { where: where.filter(Boolean).join('; '), next: next.filter(Boolean).join('\n'), ...(text && { text }) }
}

/** Evidence is a help, not a finding: without an answer there is none. */
async function ask(
  { shell, machine }: Pick<Asked<never, never>, 'shell' | 'machine'>,
  { command, attempt: own }: EvidenceOf,
): Promise<string> {
  const attempt = own ?? shorter(scale(EVIDENCE_BOUND, machine.slowness), EVIDENCE_BOUND_MOST)
  const over = new AbortController()
  const asked = shell().then(it => it.run(command, { attempt, signal: over.signal }))
  const said = await withTimeout(asked, attempt, () => new Error('no answer')).catch(() => undefined)
  over.abort(new Error('no answer'))
  return tail(said?.stdout.toString() ?? '', EVIDENCE_LINES)
}
