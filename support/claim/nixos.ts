import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import { HOLD } from '../expect/not.ts'
import type { NixosFacts } from '../probe/nixos.ts'

/** The very system, by its store path: equal names of hosts prove nothing. */
export const systemIs = (toplevel: string): Expectation<NixosFacts> =>
  claim({
    wanted: toplevel,
    missed: 'was not that of the host',
    holds: facts => facts.toplevel === toplevel,
    seen: facts => facts.toplevel || 'no NixOS: /run/current-system leads nowhere',
    // switching takes a while, but what was never NixOS does not become it
    hopeless: facts => (facts.toplevel === '' ? 'there is no NixOS running' : undefined),
  })

export const noRebootNeeded: Expectation<NixosFacts> = claim({
  wanted: 'kernel, initrd and modules of the boot still current',
  missed: 'needed a reboot',
  hold: HOLD,
  holds: ({ toplevel, rebootNeeded }) => toplevel !== '' && !rebootNeeded,
  seen: ({ toplevel, booted }) => `booted ${booted || 'unknown'}\ncurrent ${toplevel || 'unknown'}`,
})

export const timeZoneIs = (zone: string): Expectation<NixosFacts> =>
  claim({
    wanted: zone,
    missed: `was not ${zone}`,
    holds: ({ timeZone }) => timeZone === zone,
    seen: ({ timeZone }) => timeZone,
  })
