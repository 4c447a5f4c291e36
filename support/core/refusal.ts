import { UsageError } from './errors.ts'
import { nearest } from './text/nearest.ts'
import { rows } from './text/text.ts'

export interface Refusal {
  /** One sentence that stands alone: `Unknown machine "wbe"`. */
  readonly what: string
  readonly expected?: string
  readonly got?: string
  /** All valid words; the nearest one to `got` is suggested, and the list is shown when short. */
  readonly known?: readonly string[]
  /** One thing the reader can do, ready to paste where possible. */
  readonly next?: string
}

/** Builds the error for input that is refused: expected, got, nearest match, what to do. */
export function refuse({ what, expected, got, known = [], next }: Refusal): UsageError {
  const near = got === undefined ? undefined : nearest(got, known)
  const list = known.length > 0 && known.length <= 20 ? known.join(', ') : undefined
  return new UsageError(
    `${what}\n${rows({ Expected: expected, Got: got, 'Did you mean': near, Known: list, Next: next })}`.trimEnd(),
  )
}
