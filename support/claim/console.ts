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
export function consoleShows(text: string): Expectation<Printed> {
  const inDoubt = text.replace(/[\u0080-\u{10ffff}]+/gu, UNREAD)
  return printing(`"${wantedText(text)}"`, `did not show "${text}"`, {
    isIn: printed => printed.includes(text),
    mayBeIn: printed => inDoubt !== text && collapsed(printed).includes(inDoubt),
  })
}

/** @throws UsageError for a pattern that every line matches */
export function consoleShowsMatching(pattern: RegExp): Expectation<Printed> {
  const { source, flags } = wantedPattern(pattern)
  const inDoubt = new RegExp(
    source.replace(FOREIGN, (_, name?: string) => name ?? UNREAD),
    flags,
  )
  return printing(`a line matching ${source}`, `showed no line matching ${source}`, {
    isIn: printed => matchingLines(pattern, printed.split('\n')).length > 0,
    mayBeIn: printed => matchingLines(inDoubt, collapsed(printed).split('\n').filter(isUnread)).length > 0,
  })
}

interface Search {
  isIn(printed: string): boolean
  /** What a console prints is read as UTF-8. Where another encoding has a letter that ASCII has not, there is what could not be read. */
  mayBeIn(printed: string): boolean
}

const UNREAD = '\ufffd'
const isUnread = (line: string): boolean => line.includes(UNREAD)
const collapsed = (printed: string): string => printed.replace(/\ufffd+/g, UNREAD)

/** In a pattern letters may be written as their numbers; the name of a group is no text. */
const FOREIGN =
  /((?:\(\?|\\k)<[\p{L}\p{N}_$]{1,99}>)|(?:[\u0080-\u{10ffff}]|\\x[89a-fA-F][\da-fA-F]|\\u(?!00[0-7])[\da-fA-F]{4})+/gu

function printing(wanted: string, missed: string, { isIn, mayBeIn }: Search): Expectation<Printed> {
  const holds = ({ text, screen }: Printed): boolean => isIn(text) || isIn(screen.join('\n'))
  return claim({
    wanted,
    missed,
    unknown: printed => {
      if (holds(printed)) return undefined
      if (mayBeIn(printed.text)) return 'what was printed there is no UTF-8, and may be that in another encoding'
      return printed.isPart ? 'so much was printed that its beginning is not kept' : undefined
    },
    holds,
    seen: ({ text, screen }) => filled(screen).slice(-LINES).join('\n') || tail(text.trim(), LINES) || 'nothing at all',
    state: ({ text }) => `${text.length} characters`,
    hopeless: ({ over }) => (over ? 'the machine does not run any more' : undefined),
  })
}
