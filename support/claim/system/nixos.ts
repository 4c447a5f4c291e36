import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { HOLD } from '../../expect/not.ts'
import { known, whyUnknown } from '../../probe/fact.ts'
import type { BootPart, NixosFacts } from '../../probe/system/nixos.ts'
import { wantedText } from '../wanted-text.ts'

const NO_NIXOS = 'there is no NixOS running'
const isAbsent = ({ toplevel }: NixosFacts): boolean => toplevel === ''
const whyAbsent = (facts: NixosFacts): string | undefined => (isAbsent(facts) ? NO_NIXOS : undefined)

/** The very system, by its store path: equal names of hosts prove nothing. */
export const systemIs = (toplevel: string): Expectation<NixosFacts> =>
  claim({
    wanted: wantedText(toplevel),
    missed: 'was not that of the host',
    holds: facts => facts.toplevel === toplevel,
    seen: facts => facts.toplevel || 'no NixOS: /run/current-system leads nowhere',
    // switching takes a while, but what was never NixOS does not become it
    hopeless: whyAbsent,
  })

const changed = (parts: readonly BootPart[]): string =>
  parts.length === 0 ? '' : `not those of the boot: ${parts.join(', ')}\n`

export const noRebootNeeded: Expectation<NixosFacts> = claim({
  wanted: 'kernel, initrd, modules and kernel parameters of the boot still current',
  missed: 'needed a reboot',
  hold: HOLD,
  unknown: facts => (isAbsent(facts) ? undefined : whyUnknown(facts.changedSinceBoot)),
  absent: isAbsent,
  holds: ({ changedSinceBoot }) => known(changedSinceBoot)?.length === 0,
  seen: ({ toplevel, booted, changedSinceBoot }) =>
    `${changed(known(changedSinceBoot) ?? [])}booted ${booted || 'unknown'}\ncurrent ${toplevel || 'unknown'}`,
  hopeless: whyAbsent,
})
