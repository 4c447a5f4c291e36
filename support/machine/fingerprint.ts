import type { MachinePlan } from './machine.ts'

/** Equal for plans that mean the same machine, whatever the order of their keys. */
export const fingerprint = (plan: MachinePlan): string => JSON.stringify(sorted(plan))

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, sorted(inner)])
    : value
