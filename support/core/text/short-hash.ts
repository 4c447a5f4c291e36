import { createHash } from 'node:crypto'

/** A name for what these values say: equal for equal ones. */
export const shortHash = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
