import { refuse } from '../core/refusal.ts'

/** One scenario's use of the machines. */
export interface Lease {
  readonly id: string
  /** The file it stands in: `@shared` and `@milestone` hold within one. */
  readonly feature: string
  /**
   * `clean`: as after booting, or as at the feature's milestone. `fresh`: really booted for this scenario. `shared`: as the scenario
   * before in the same feature has left it.
   */
  readonly isolation: 'clean' | 'fresh' | 'shared'
  /** Where this scenario ends, those after it in the feature begin. */
  readonly milestone: boolean
  /** An earlier scenario of the feature is a milestone: without it this one would judge another machine than it speaks of. */
  readonly afterMilestone?: boolean
}

/** @throws UsageError for tags that contradict each other */
export function leaseOf(scenario: {
  readonly id: string
  readonly uri: string
  readonly tags: readonly string[]
}): Lease {
  const { id, uri, tags } = scenario
  const wanted = (['fresh', 'shared'] as const).filter(name => tags.includes(`@${name}`))
  if (wanted.length > 1)
    throw refuse({
      what: 'A scenario cannot be both @fresh and @shared',
      expected: '@fresh: a machine booted for it alone; @shared: as the scenario before has left it',
      got: tags.join(' '),
    })
  return { id, feature: uri, isolation: wanted[0] ?? 'clean', milestone: tags.includes('@milestone') }
}
