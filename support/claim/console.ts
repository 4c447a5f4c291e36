import { UsageError } from '../core/errors.ts'
import { filled, tail } from '../core/text.ts'
import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'

export interface Printed {
  /** Plain text, without escape sequences, in the order in which it was sent. */
  readonly text: string
  /** What stands on the terminal now, from top to bottom: of a menu that was drawn only this can be read. */
  readonly screen: readonly string[]
  /** Nothing will be added any more. */
  readonly over: boolean
}

const LINES = 8

export const shows = (text: string): Expectation<Printed> =>
  printing(`"${text}"`, printed => printed.includes(text), `did not show "${text}"`)

/** @throws UsageError when the pattern is none */
export function showsMatching(pattern: string): Expectation<Printed> {
  const wanted = compile(pattern)
  return printing(`a line matching ${pattern}`, printed => wanted.test(printed), `showed no line matching ${pattern}`)
}

const printing = (wanted: string, holds: (text: string) => boolean, missed: string): Expectation<Printed> =>
  claim({
    wanted,
    missed,
    holds: ({ text, screen }) => holds(text) || holds(screen.join('\n')),
    seen: ({ text, screen }) => filled(screen).slice(-LINES).join('\n') || tail(text.trim(), LINES) || 'nothing at all',
    state: ({ text }) => `${text.length} characters`,
    hopeless: ({ over }) => (over ? 'the machine does not run any more' : undefined),
  })

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'm')
  } catch (cause) {
    throw new UsageError(`"${pattern}" is no regular expression: ${String(cause)}`, { cause })
  }
}
