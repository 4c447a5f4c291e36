/** The form of `run.json`, for those who read it. Writers use the type only, so that a run need not load zod. */
import { z } from 'zod'

const facts = z.record(z.string(), z.union([z.string(), z.number()]))

export const runJson = z.object({
  format: z.literal(1),
  tool: z.object({ name: z.literal('nixcumber'), version: z.string(), node: z.string() }),
  /** Words after `nixcumber`, as given. */
  command: z.array(z.string()),
  /** `offline` inputs are look-alikes: such a run is a rehearsal and no GO for a machine. */
  inputs: z.enum(['real', 'offline']),
  start: z.iso.datetime(),
  /** Mark of the process that writes this (core/owner.ts): while it lives, the run goes on. */
  runner: z.string().optional(),
  /** Absent while the run goes on, and for ever when it was killed. */
  end: z.iso.datetime().optional(),
  exitCode: z.number().int().optional(),
  verdict: z.string().optional(),
  flake: z
    .object({
      reference: z.string(),
      revision: z.string().optional(),
      narHash: z.string().optional(),
      /** Where each input came from, or what stood in for it. */
      inputs: z.record(z.string(), z.string()).optional(),
      /** Options set by the harness; written before `differences` were. */
      harness: z.array(z.string()).optional(),
    })
    .optional(),
  /** What the judged features were: commit of their repository, whether it had changes, and a hash of their text. */
  features: z.object({ revision: z.string().optional(), dirty: z.boolean().optional(), hash: z.string() }).optional(),
  /** Host name to the store path that was judged. */
  toplevels: z.record(z.string(), z.string()),
  /** Others that were judged as this host in the same run: scenarios spoke of several flakes. */
  otherToplevels: z.record(z.string(), z.array(z.string())).optional(),
  /** Machine name to how it ran: driver, transport, accelerator, seconds to ready. */
  machines: z.record(z.string(), facts),
  /** Machine name to its sizes and who had each, by key, where scenarios had it in more than one: by their tags. */
  sizes: z
    .record(
      z.string(),
      z.array(
        z.object({
          memoryMiB: z.number().optional(),
          cores: z.number().optional(),
          diskMiB: z.number().optional(),
          scenarios: z.array(z.string()),
        }),
      ),
    )
    .optional(),
  /** Machine name to the options that it has otherwise than the host that is judged, with the reason. */
  differences: z
    .record(
      z.string(),
      z.array(
        z.object({
          option: z.string(),
          /** Absent where the host has no such thing. */
          host: z.string().optional(),
          /** Absent where the machine has no such thing. */
          machine: z.string().optional(),
          why: z.string(),
        }),
      ),
    )
    .optional(),
  notes: z.array(z.string()),
  /** One part of a whole. `total` counts the scenarios of all parts; parts of one whole have one `plan`, a hash of who got what. */
  shard: z
    .object({ index: z.number().int(), count: z.number().int(), total: z.number().int(), plan: z.string() })
    .optional(),
  /**
   * The words that chose only some of the project's scenarios: `--name web`, `features/web.feature`; absent when all were asked for.
   * A run of a part is no base for the whole.
   */
  part: z.array(z.string()).optional(),
  /** Most memory the runner itself held, MiB (getrusage(2), ru_maxrss); machines are not counted. */
  peakMemoryMiB: z.number().int().optional(),
})

export type RunJson = z.infer<typeof runJson>
