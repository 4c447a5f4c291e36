/** A target that is about to be wiped, looked at and held against the verdict that binds it. */
import { EnvironmentBroken } from '../../../core/errors.ts'
import type { Telling } from '../../../deploy/install/connect.ts'
import type { Finding } from '../../../deploy/install/findings.ts'
import type { Seen } from '../../../deploy/install/install.ts'
import { isInstaller, saidOs } from '../../../deploy/install/installer.ts'
import type { HostInputs } from '../../../gate/target/preflight.ts'
import { seeTarget } from '../../../gate/target/see-target.ts'
import { ofTarget } from '../../../gate/target/target-differences.ts'
import { REHEARSAL, type VerdictDocument } from '../../../gate/verdict.ts'
import type { SshPlan } from '../../../machine/machine.ts'
import { parseTarget, type TargetFacts } from '../../../target/facts.ts'
import { lookAtTarget } from '../../../target/look.ts'

export interface SeenOnDisk extends Seen {
  readonly facts: TargetFacts
}

/** @throws EnvironmentBroken where it cannot be reached, or shows another key */
export async function lookFor(
  plan: SshPlan,
  { document, host, look }: { readonly document: VerdictDocument; readonly host: HostInputs; readonly look: Telling },
): Promise<SeenOnDisk> {
  const { target, disks } = document
  if (target === null) throw new EnvironmentBroken('The verdict binds no target: there is none to be installed on')
  const found = await lookAtTarget(plan, look)
  const facts = parseTarget({ stdout: found.said })
  const { differences, unchecked } = ofTarget(target, seeTarget(found, disks ?? {}, { ...host, wiped: true }))
  const findings: Finding[] = [
    ...differences.map(each => ({
      what: each.what,
      outcome: 'not held' as const,
      said: `${each.found}, and the verdict has ${each.expected}`,
    })),
    ...unchecked.map(unknown),
  ]
  const all = [...findings, ...ofRehearsal(document, facts)]
  return { ...{ facts, findings: all, said: saidOs(facts) }, installer: isInstaller(facts) }
}

/** `UUID of the target: there is no DMI table` */
function unknown(told: string): Finding {
  const [what = '', ...said] = told.split(': ')
  return { what, outcome: 'unknown', said: said.join(': ') }
}

/** A look-alike of NixOS is nothing that a computer could be wiped for. */
export function ofRehearsal(
  { word }: Pick<VerdictDocument, 'word'>,
  { virtualization }: Pick<TargetFacts, 'virtualization'>,
): Finding[] {
  if (word !== REHEARSAL) return []
  const what = 'a rehearsal with offline inputs wipes virtual machines alone'
  if ('unknown' in virtualization) return [{ what, outcome: 'unknown', said: virtualization.unknown }]
  return [
    { what, outcome: virtualization.is === 'none' ? 'not held' : 'held', said: `virtualization: ${virtualization.is}` },
  ]
}
