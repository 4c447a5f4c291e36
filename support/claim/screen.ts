import { filled } from '../core/text.ts'
import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'

/** What a display shows: characters, or graphics in which nothing can be read. */
export interface Shown {
  /** From top to bottom; undefined while it shows graphics. */
  readonly rows?: readonly string[]
}

const LINES = 8

export const screenShows = (text: string): Expectation<Shown> =>
  claim({
    wanted: `"${text}"`,
    missed: `did not show "${text}"`,
    holds: ({ rows }) => rows?.join('\n').includes(text) ?? false,
    seen: ({ rows }) =>
      rows ? filled(rows).slice(-LINES).join('\n') || 'nothing at all' : 'graphics, see the picture',
    state: ({ rows }) => (rows ? `${filled(rows).length} lines` : 'graphics'),
  })
