/** What a verdict binds and what is there now, where they are not the same. */

export interface Difference<What extends string = string> {
  readonly what: What
  readonly expected: string
  readonly found: string
}

export const differs = <What extends string>(
  what: What,
  expected: string | null,
  found: string | null,
): Difference<What>[] => (expected === found ? [] : [differing(what, expected, found)])

export const differing = <What extends string>(
  what: What,
  expected: string | null,
  found: string | null,
): Difference<What> => ({
  what,
  expected: expected || 'none',
  found: found || 'none',
})
