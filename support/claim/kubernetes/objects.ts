/** What sentences about anything in a namespace have in common. */
import { type Claim, claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { HOLD } from '../../expect/not.ts'
import type { Namespaced } from '../../kubernetes/objects/namespaced.ts'
import { known } from '../../probe/fact.ts'

/** Of what is not there nothing holds but that. It may be made at any time: the wait goes on. */
export function ofObject<T>(parts: Claim<T>): Expectation<Namespaced<T>> {
  const { unknown, between, settles, state, hopeless, holds, seen } = parts
  return claim({
    ...parts,
    unknown: of(unknown),
    absent: ({ is }) => is === undefined,
    between: of(between),
    holds: ({ is }) => is !== undefined && holds(is),
    settles: of(settles),
    seen: facts => of(seen)(facts) ?? noSuch(facts),
    state: facts => of(state ?? seen)(facts) ?? 'not there',
    hopeless: of(hopeless),
  })
}

const of =
  <T, R>(ask: ((object: T) => R) | undefined) =>
  ({ is }: Namespaced<T>): R | undefined =>
    is === undefined ? undefined : ask?.(is)

export const objectExists: Expectation<Namespaced<unknown>> = claim({
  wanted: 'exists',
  missed: 'did not exist',
  holds: ({ is }) => is !== undefined,
  seen: facts => (facts.is === undefined ? noSuch(facts) : 'it is there'),
})

/** Where its namespace is not there either, that may be mistyped: nothing is said then of what is in it. */
export const objectIsAbsent: Expectation<Namespaced<unknown>> = claim({
  wanted: 'does not exist',
  missed: 'still existed',
  hold: HOLD,
  absent: ({ hasNamespace }) => known(hasNamespace) === false,
  holds: ({ is }) => is === undefined,
  seen: facts => (facts.is === undefined ? noSuch(facts) : 'it is there'),
})

export const noSuch = ({ namespace, hasNamespace }: Pick<Namespaced<unknown>, 'namespace' | 'hasNamespace'>): string =>
  known(hasNamespace) === false ? `there is no namespace ${namespace}` : 'there is none of that name'
