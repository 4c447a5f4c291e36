import { refuse } from '../core/refusal.ts'

interface Range {
  /** What it would be the number of: `HTTP status`. */
  readonly of: string
  readonly from: number
  readonly to: number
}

/** RFC 9110, section 15: three digits; servers answer with others than its own. */
export const HTTP_STATUS: Range = { of: 'status of a page', from: 100, to: 999 }
/** POSIX.1-2017, wait(2): eight bits. */
export const EXIT_CODE: Range = { of: 'exit code', from: 0, to: 255 }
/** The greatest of 32 bits stands for none. */
export const ACCOUNT_ID: Range = { of: 'id of a user or group', from: 0, to: 4_294_967_294 }

/** A number that can be: of another, every negation holds. @throws UsageError */
export function wantedNumber(value: number, { of, from, to }: Range): number {
  if (Number.isInteger(value) && value >= from && value <= to) return value
  throw refuse({ what: `${value} is no ${of}`, expected: `a whole number from ${from} to ${to}`, got: String(value) })
}
