/** Whether a node is one on which the scheduler would put a pod, as far as labels and taints say it (kubernetes.io/docs/concepts/scheduling-eviction). */
import { z } from 'zod'
import type { Taint } from './node.ts'

const requirement = z.object({
  key: z.string(),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
  values: z.array(z.string()).nullish(),
})
const term = z.object({
  matchExpressions: z.array(requirement).nullish(),
  matchFields: z.array(requirement).nullish(),
})
/** core/v1, NodeSelector: one of the terms must match. */
export const nodeSelector = z.object({ nodeSelectorTerms: z.array(term) })
export type NodeSelector = z.infer<typeof nodeSelector>

export const toleration = z.object({
  key: z.string().nullish(),
  operator: z.enum(['Exists', 'Equal']).nullish(),
  value: z.string().nullish(),
  effect: z.string().nullish(),
})
export type Toleration = z.infer<typeof toleration>

interface Labelled {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

/** A term without any requirement matches nothing. */
export const matchesSelector = ({ nodeSelectorTerms }: NodeSelector, node: Labelled): boolean =>
  nodeSelectorTerms.some(({ matchExpressions, matchFields }) => {
    const labels = matchExpressions ?? []
    const fields = matchFields ?? []
    if (labels.length + fields.length === 0) return false
    const meets = (each: Requirement, of: Readonly<Record<string, string>>): boolean => meetsRequirement(each, of)
    return (
      labels.every(each => meets(each, node.labels)) &&
      fields.every(each => meets(each, { 'metadata.name': node.name }))
    )
  })

type Requirement = z.infer<typeof requirement>

function meetsRequirement({ key, operator, values }: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  const wanted = values ?? []
  if (operator === 'Exists') return value !== undefined
  if (operator === 'DoesNotExist') return value === undefined
  if (operator === 'NotIn') return value === undefined || !wanted.includes(value)
  if (value === undefined) return false
  if (operator === 'In') return wanted.includes(value)
  return operator === 'Gt' ? Number(value) > Number(wanted[0]) : Number(value) < Number(wanted[0])
}

/** Taints that only make a node less liked keep nothing off. */
export const toleratesAll = (taints: readonly Taint[], tolerations: readonly Toleration[]): boolean =>
  taints.every(taint => taint.effect === 'PreferNoSchedule' || tolerations.some(each => tolerates(each, taint)))

function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false
  if (!key) return operator === 'Exists'
  return key === taint.key && (operator === 'Exists' || (value ?? '') === taint.value)
}
