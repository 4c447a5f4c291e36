/** What was looked at, and how it was found. Not seen is never right. */
export interface Finding {
  readonly what: string
  readonly outcome: 'held' | 'not held' | 'unknown'
  readonly said: string
}

/** A line for each that has this outcome. */
export const failing = (findings: readonly Finding[], outcome: Exclude<Finding['outcome'], 'held'>): string[] =>
  findings.filter(each => each.outcome === outcome).map(({ what, said }) => `${what}: ${said}`)
