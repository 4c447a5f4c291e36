import { nearest } from '../../core/text/nearest.ts'
import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import type { PropertyFacts, PropertyQuery } from '../../probe/units/unit-properties.ts'
import { whyNoUnit } from './unit-words.ts'

export const propertyIs = ({ unit, property }: PropertyQuery, wanted: string): Expectation<PropertyFacts> =>
  claim({
    wanted: `${property}=${wanted}`,
    missed: `did not have ${property} set to ${wanted}`,
    absent: ({ exists }) => !exists,
    holds: ({ value }) => value === wanted,
    seen: ({ exists, value }) =>
      exists ? (value === undefined ? `no property ${property}` : `${property}=${value}`) : 'no such unit',
    hopeless: facts => (facts.exists ? unknownProperty(property, facts) : whyNoUnit({ ...facts, name: unit })),
  })

/** Unit files say RestartSec where systemd shows RestartUSec: the nearest name helps there too. */
function unknownProperty(property: string, { value, known }: PropertyFacts): string | undefined {
  if (value !== undefined) return undefined
  const near = nearest(property, [...known])
  return `systemd shows no property ${property}${near ? `, did you mean ${near}?` : ''}`
}
