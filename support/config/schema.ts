/** The keys of `nixcumber.config.*`. Apart, so that a project without one does not wait for zod. */
import { z } from 'zod'
import { clusterEntry } from './cluster-entry.ts'
import { machineEntry } from './machine-entry.ts'
import { targetEntry } from './target-entry.ts'

const words = z.union([z.string().transform(word => [word]), z.array(z.string())])

export const configSchema = z.strictObject({
  /** Feature files, folders or globs, when the command line names none. */
  features: words.optional(),
  /** Further step files, besides `features/steps/**` and `steps/**`. */
  steps: words.optional(),
  flake: z.string().optional(),
  offline: z.boolean().optional(),
  over: z.enum(['serial', 'ssh']).optional(),
  machines: z.record(z.string(), machineEntry).optional(),
  /** As `--inventory`; relative paths start at the configuration's folder. */
  inventory: words.optional(),
  /** Live hosts that features may change. */
  mayChange: z.array(z.string()).optional(),
  /** Failures that are known and accepted for a time; `compare` does not count them as new. */
  waivers: z
    .array(
      z.strictObject({
        scenario: z.string().min(1),
        machine: z.string().min(1).optional(),
        reason: z.string().min(1),
        /** The last day: `2026-12-31`. */
        until: z.iso.date().optional(),
      }),
    )
    .optional(),
  /** The machine that is to be wiped. */
  target: targetEntry.optional(),
  /** Where a cluster of Kubernetes is asked. */
  kubernetes: clusterEntry.optional(),
  tags: z.string().optional(),
  parallel: z.union([z.literal('auto'), z.number().int().min(1).max(99)]).optional(),
  /** Live hosts that are asked at the same time. */
  hostsAtOnce: z.number().int().min(1).max(999).optional(),
  /** How long recorded runs stay; `all` for ever. */
  keepRuns: z
    .union([
      z.literal('all'),
      z.strictObject({ days: z.number().min(0).optional(), atLeast: z.number().int().min(1).optional() }),
    ])
    .optional(),
  /** Whether what each machine is, is recorded beside the results. */
  facts: z.boolean().optional(),
  retry: z.number().int().min(0).max(999).optional(),
  out: z.string().optional(),
})

export type Config = z.infer<typeof configSchema>
