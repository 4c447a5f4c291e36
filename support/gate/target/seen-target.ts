/** A target as it was seen at one look, and what of it a verdict binds. */
import type { Fact } from '../../probe/fact.ts'
import { known, whyUnknown } from '../../probe/fact.ts'
import { oneLine } from '../one-line.ts'
import type { BoundDisk, BoundTarget, Preflight } from './bound-target.ts'

export interface SeenTarget extends Pick<BoundTarget, 'address' | 'hostKey' | 'wiped' | 'facts' | 'preflight'> {
  /** Null where it has none. */
  readonly uuid: Fact<string | null>
  readonly architecture: Fact<string>
  readonly firmware: Fact<'UEFI' | 'BIOS'>
  /** By name in the layout; what is not there is left out. */
  readonly disks: Fact<Readonly<Record<string, BoundDisk>>>
}

/** Only what is known is bound; what is not known stands among the judgements, so that it is no GO. */
export const bindTarget = (seen: SeenTarget): BoundTarget => ({
  ...{ address: seen.address, hostKey: seen.hostKey, wiped: seen.wiped, facts: seen.facts },
  uuid: known(seen.uuid) ?? null,
  architecture: known(seen.architecture) ?? null,
  firmware: known(seen.firmware) ?? null,
  disks: known(seen.disks) ?? {},
  preflight: [...seen.preflight, ...(seen.wiped ? notKnown(seen) : [])],
})

const notKnown = ({ uuid, architecture, firmware, disks }: SeenTarget): Preflight[] =>
  Object.entries({ UUID: uuid, architecture, firmware, disks }).flatMap(([what, fact]) => {
    const why = whyUnknown(fact)
    return why === undefined ? [] : [{ what: `identity, ${what}`, outcome: 'unknown', said: oneLine(why) }]
  })
