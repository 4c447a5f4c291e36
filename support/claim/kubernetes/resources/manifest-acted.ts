import { tail } from '../../../core/text/text.ts'
import { claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import type { ManifestAction, ManifestVerb } from '../../../kubernetes/manifest/manifest-action.ts'

/** kubectl has done it. What the server refuses does not change by asking again; a kind that was defined a moment ago may not be known yet. */
export const manifestWas = (verb: ManifestVerb): Expectation<ManifestAction> =>
  claim({
    wanted: verb,
    missed: `was not ${verb}`,
    holds: ({ isDone }) => isDone,
    seen: ({ said }) => tail(said, 10),
    state: ({ isDone }) => (isDone ? verb : 'refused'),
    hopeless: ({ said }) => (/no matches for kind/.test(said) ? undefined : lastLine(said)),
  })

const lastLine = (text: string): string =>
  (text.trim().split('\n').at(-1) ?? '').replace(/^error: /, '') || 'kubectl has failed without a word'
