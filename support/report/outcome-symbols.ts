import type { Outcome } from './results/outcome.ts'

/** How an outcome looks in a line. */
export const SIGNS = {
  held: { sign: '✓', colour: 'green' },
  failed: { sign: '✗', colour: 'red' },
  error: { sign: '!', colour: 'yellow' },
  refused: { sign: '?', colour: 'yellow' },
  unfinished: { sign: '…', colour: 'yellow' },
  skipped: { sign: '-', colour: 'dim' },
} as const satisfies Record<Outcome, { sign: string; colour: string }>
