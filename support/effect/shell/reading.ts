/** What the parts of the reader share: where it is, and what it has found. */
import type { Cursor } from './cursor.ts'
import type { Findings } from './script.ts'

export interface Reading {
  readonly cursor: Cursor
  readonly findings: Findings
  /**
   * Reads commands up to `)` or the end, of this text or of one that stands inside it, as between backticks.
   * A word may hold commands and a command words: this is the way from the one to the other.
   */
  commands(cursor: Cursor, end: ')' | 'end'): void
}
