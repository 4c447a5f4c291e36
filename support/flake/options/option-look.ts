import { z } from 'zod'
import { optionValueSchema } from './option-value.ts'

const failed = z.object({ failed: z.literal(true) })
const about = {
  /** Whether there is an option of this name, or one above it that takes anything. */
  declared: z.boolean(),
  /** Where it is set; nowhere when it has its default only. */
  files: z.union([z.array(z.string()), failed]),
  /** Modules that are written into the call of nixosSystem and set it; not `sure`: those that are functions, and may. */
  inline: z.union([z.array(z.object({ file: z.string(), line: z.number(), sure: z.boolean() })), failed]).optional(),
  /** The option that was set there, when the name leads below one: `users.users` of `users.users.simon.uid`. */
  above: z.array(z.string()).nullable().optional(),
}

/** One option of a host as it was found; inspect.nix, `options`. */
export const optionLookSchema = z.union([
  z.object({ value: optionValueSchema, ...about }),
  z.object({
    missing: z.object({ at: z.array(z.string()), name: z.string(), known: z.array(z.string()) }),
    ...about,
  }),
  z.object({ failed: z.literal(true), ...about }),
])
export type OptionLook = z.infer<typeof optionLookSchema>
