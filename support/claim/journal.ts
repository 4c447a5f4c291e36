import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import { HOLD } from '../expect/not.ts'
import type { JournalFacts } from '../probe/journal.ts'

export const journalContains = (what: string): Expectation<JournalFacts> =>
  claim({
    wanted: what,
    missed: `did not contain ${what}`,
    holds: ({ matches }) => matches.length > 0,
    seen: ({ matches, newest, unitExists }) => {
      if (matches.length > 0) return matches.join('\n')
      if (newest.length > 0) return `other lines, the newest:\n${newest.join('\n')}`
      return unitExists ? 'no line since boot' : 'no such unit'
    },
    state: ({ matches }) => (matches.length > 0 ? 'there' : 'not there'),
  })

/** Of a unit that does not exist nothing can be said: a typing error must not pass. */
export const journalLacks = (what: string): Expectation<JournalFacts> =>
  claim({
    wanted: `no ${what}`,
    missed: `contained ${what}`,
    hold: HOLD,
    holds: ({ matches, newest, unitExists }) => matches.length === 0 && (unitExists || newest.length > 0),
    seen: ({ matches, unitExists }) => matches.join('\n') || (unitExists ? 'not there' : 'no such unit'),
    // what has been logged stays logged
    hopeless: ({ matches, unitExists }) =>
      matches.length > 0 ? 'it is there' : unitExists ? undefined : 'no such unit',
  })
