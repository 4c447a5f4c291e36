import type { Outcome } from './results/outcome.ts'

/** How an outcome looks in a line, and how it is said where a sign cannot be seen. */
export const OUTCOME_SYMBOLS = {
  held: { sign: '✓', word: 'held', colour: 'green' },
  failed: { sign: '✗', word: 'did not hold', colour: 'red' },
  error: { sign: '!', word: 'could not be checked', colour: 'yellow' },
  refused: { sign: '?', word: 'refused', colour: 'yellow' },
  unfinished: { sign: '…', word: 'not finished', colour: 'yellow' },
  skipped: { sign: '-', word: 'left out', colour: 'dim' },
} as const satisfies Record<Outcome, { sign: string; word: string; colour: string }>
