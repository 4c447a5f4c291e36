import { refuse } from '../../core/refusal.ts'
import { plural } from '../../core/text/text.ts'
import type { NamedRun } from './merge-runs.ts'

/**
 * What is missing for the shards to be everything, in words; nothing when they are, or when none of the runs is a shard. Pure.
 * @throws UsageError when they are shards of different wholes: scenarios would be missing unnoticed
 */
export function missingShards(runs: readonly NamedRun[]): string[] {
  const shards = runs.flatMap(({ name, run }) => (run.shard ? [{ name, ...run.shard }] : []))
  const [first, ...others] = shards
  if (!first) return []
  for (const other of others) {
    if (other.count !== first.count)
      throw refuse({
        what: `${first.name} and ${other.name} are not shards of one whole`,
        expected: `a shard of ${first.count}, as ${first.name}`,
        got: `${other.index}/${other.count}`,
      })
    if (other.plan !== first.plan)
      throw refuse({
        what: `${first.name} and ${other.name} were cut differently: scenarios may have run twice or not at all`,
        expected: 'shards of the same features, chosen in the same way, cut by the same recorded durations',
        got: `${first.total} scenarios to share in ${first.name}, ${other.total} in ${other.name}`,
        next: 'give all shards the same .nixcumber/history.json, or none of them',
      })
  }
  return Array.from({ length: first.count }, (_, i) => i + 1)
    .filter(index => shards.every(shard => shard.index !== index))
    .map(index => `shard ${index} of ${first.count} is missing`)
}

/** Scenarios that were shared out and that none of the shards has, though all of the shards are there. */
export function missingScenarios(runs: readonly NamedRun[], found: number): string[] {
  const shards = runs.flatMap(({ run }) => run.shard ?? [])
  const [first] = shards
  if (!first || missingShards(runs).length > 0 || found >= first.total) return []
  return [`${first.total - found} of ${plural(first.total, 'scenario')} are in none of the shards`]
}
