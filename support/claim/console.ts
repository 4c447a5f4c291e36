import { filled, tail } from '../core/text/text.ts'
import { matchingLines } from '../core/values/pattern.ts'
import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import { wantedPattern, wantedText } from './wanted-text.ts'

export interface Printed {
  /** Plain text, without escape sequences, in the order in which it was sent. */
  readonly text: string
  /** What stands on the terminal now, from top to bottom: of a menu that was drawn only this can be read. */
  readonly screen: readonly string[]
  /** Nothing will be added any more. */
  readonly over: boolean
  /** So much was printed that its beginning is not kept. */
  readonly isPart: boolean
}

const LINES = 8

/** @throws UsageError for an empty text */
export const consoleShows = (text: string): Expectation<Printed> =>
  printing(`"${wantedText(text)}"`, printed => printed.includes(text), `did not show "${text}"`, text)

/** @throws UsageError for a pattern that every line matches */
export function consoleShowsMatching(pattern: RegExp): Expectation<Printed> {
  const { source } = wantedPattern(pattern)
  const holds = (printed: string): boolean => matchingLines(pattern, printed.split('\n')).length > 0
  return printing(`a line matching ${source}`, holds, `showed no line matching ${source}`)
}

const UNREAD = '\ufffd'

/** What a console prints is read as UTF-8. Where another encoding has a letter that ASCII has not, there is what could not be read. */
const maybeIn = (text: string, printed: string): boolean => {
  const inDoubt = text.replace(/[\u0080-\u{10ffff}]+/gu, UNREAD)
  return inDoubt !== text && printed.replace(/\ufffd+/g, UNREAD).includes(inDoubt)
}

function printing(
  wanted: string,
  isIn: (text: string) => boolean,
  missed: string,
  literally = '',
): Expectation<Printed> {
  const holds = ({ text, screen }: Printed): boolean => isIn(text) || isIn(screen.join('\n'))
  return claim({
    wanted,
    missed,
    unknown: printed => {
      if (holds(printed)) return undefined
      if (maybeIn(literally, printed.text))
        return 'what was printed there is no UTF-8, and may be that in another encoding'
      return printed.isPart ? 'so much was printed that its beginning is not kept' : undefined
    },
    holds,
    seen: ({ text, screen }) => filled(screen).slice(-LINES).join('\n') || tail(text.trim(), LINES) || 'nothing at all',
    state: ({ text }) => `${text.length} characters`,
    hopeless: ({ over }) => (over ? 'the machine does not run any more' : undefined),
  })
}
