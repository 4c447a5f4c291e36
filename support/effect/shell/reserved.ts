/** Reserved words. bash(1), "RESERVED WORDS". */
import type { Cursor } from './cursor.ts'
import type { Reading } from './reading.ts'

/** The grammar's parts that a compound command is made of. */
export interface Grammar {
  list(reading: Reading, ends: readonly string[]): void
  command(reading: Reading): void
  skipLines(reading: Reading): void
}

/** The body counts as run; what it is called with, see parameters.ts. */
export function readBody(reading: Reading, { command, skipLines }: Pick<Grammar, 'command' | 'skipLines'>): void {
  const { findings } = reading
  const outside = findings.inFunction
  skipLines(reading)
  findings.inFunction = true
  command(reading)
  findings.inFunction = outside
}

/** Words that are no commands. Those that no function of compound.ts takes are not understood. */
export const RESERVED = new Set(
  'if then elif else fi while until do done for case esac select function { } [[ ]] coproc in time !'.split(' '),
)

/** The word stands here, as a word of its own. */
export function isReserved(cursor: Cursor, word: string): boolean {
  return cursor.sees(word) && /^[\s;&|()<>]?$/.test(cursor.text[cursor.at + word.length] ?? '')
}

export const takeReserved = (cursor: Cursor, word: string): boolean => isReserved(cursor, word) && cursor.take(word)

export function demandReserved(cursor: Cursor, word: string): void {
  if (!takeReserved(cursor, word)) cursor.fail()
}
