import { visible } from '../../../core/text/visible.ts'
import { claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import { not } from '../../../expect/not.ts'
import type { ResourceFacts } from '../../../kubernetes/objects/resource.ts'
import { known } from '../../../probe/fact.ts'
import { type Difference, differences } from './partial-match.ts'
import { type Part, readPart } from './wanted-part.ts'

/** A part of it is as the text says. @throws UsageError for a text that is no part, or one of every resource */
export function resourceMatches(text: string): Expectation<ResourceFacts> {
  const part = readPart(text)
  return claim({
    wanted: 'as the text below the sentence says',
    missed: 'did not match',
    absent: ({ is }) => is === undefined,
    holds: ({ is }) => differences(part, is).length === 0,
    seen: facts => seen(facts, part),
    state: ({ is }) => (is === undefined ? 'not there' : inAWord(differences(part, is))),
  })
}

export const resourceMatchesNot = (text: string): Expectation<ResourceFacts> => ({
  ...not(resourceMatches(text), 'still matched'),
  wanted: 'different from the text below the sentence',
})

const inAWord = (found: readonly Difference[]): string => (found.length === 0 ? 'matches' : found.map(line).join(', '))

const SHOWN = 10

function seen({ is, isNoKind, query: { resource, namespace }, hasNamespace }: ResourceFacts, part: Part): string {
  if (isNoKind) return `the server does not know what "${resource}" is`
  if (is === undefined)
    return known(hasNamespace) === false ? `there is no namespace ${namespace}` : 'there is none of that name'
  const found = differences(part, is)
  if (found.length === 0) return 'all as in the text'
  const more = found.length > SHOWN ? [`and ${found.length - SHOWN} more`] : []
  return [...found.slice(0, SHOWN).map(line), ...more].join('\n')
}

const line = ({ path, wanted, seen: is }: Difference): string => visible(`${path}: wanted ${wanted}, seen ${is}`)
