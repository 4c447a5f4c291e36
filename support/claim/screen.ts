import { filled } from '../core/text/text.ts'
import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import { wantedText } from './wanted-text.ts'

/** What a display shows: characters, or graphics in which nothing can be read. */
export interface Shown {
  /** From top to bottom; undefined while it shows graphics. */
  readonly rows?: readonly string[]
}

const LINES = 8

/** @throws UsageError for an empty text */
export const screenShows = (text: string): Expectation<Shown> =>
  claim({
    wanted: `"${wantedText(text)}"`,
    missed: `did not show "${text}"`,
    unknown: ({ rows }) => (rows ? undefined : 'it shows graphics, in which no text can be read'),
    holds: ({ rows }) => rows?.join('\n').includes(text) ?? false,
    seen: ({ rows }) =>
      rows ? filled(rows).slice(-LINES).join('\n') || 'nothing at all' : 'graphics, see the picture',
    state: ({ rows }) => (rows ? `${filled(rows).length} lines` : 'graphics'),
  })
