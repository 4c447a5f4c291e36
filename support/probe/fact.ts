/** A part of an answer that may be unknown while the rest of it is known. */
export type Fact<T> = { readonly is: T } | Unknown

export interface Unknown {
  /** Why it could not be told, in words that complete `… could not be checked`: `Input/output error`. */
  readonly unknown: string
}

export const whyUnknown = (fact: Fact<unknown> | undefined): string | undefined =>
  fact && 'unknown' in fact ? fact.unknown : undefined

/** What is known of it; undefined when it is unknown or was not asked for. */
export const known = <T>(fact: Fact<T> | undefined): T | undefined => (fact && 'is' in fact ? fact.is : undefined)
