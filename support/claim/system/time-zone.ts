import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { known, whyUnknown } from '../../probe/fact.ts'
import type { TimeZoneFacts } from '../../probe/system/time-zone.ts'

/** By the rules: `UTC`, `Etc/UTC` and `Zulu` are one zone. */
export const timeZoneIs = (zone: string): Expectation<TimeZoneFacts> =>
  claim({
    wanted: zone,
    missed: `was not ${zone}`,
    unknown: ({ same }) => whyUnknown(same),
    holds: ({ same }) => known(same) === true,
    seen: ({ local, exists }) => (exists ? local : `${local}; the machine knows no zone ${zone}`),
  })
