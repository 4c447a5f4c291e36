/** What a verdict binds and what is there now, where they are not the same. */

export interface Difference {
  readonly what: string
  readonly expected: string
  readonly found: string
}

export const differs = (what: string, expected: string | null, found: string | null): Difference[] =>
  expected === found ? [] : [differing(what, expected, found)]

export const differing = (what: string, expected: string | null, found: string | null): Difference => ({
  what,
  expected: expected || 'none',
  found: found || 'none',
})
