/** Who gets into a host by ssh as it is declared: what entry.nix finds. */
import { z } from 'zod'
import { obstacleSchema } from '../plan/ssh-obstacle.ts'

const accountSchema = z.object({
  name: z.string(),
  /** Lines of authorized_keys (sshd(8)). */
  keys: z.array(z.string()),
  /** What of sshd's settings keeps every key out of it. */
  obstacles: z.array(obstacleSchema),
  /** How it is root or becomes root: `rules` are of sudo, beside those of wheel, and not followed. */
  rootBy: z.enum(['itself', 'wheel', 'password', 'rules', 'none']),
  hasPassword: z.boolean(),
})

export const entrySchema = z.object({
  enabled: z.boolean(),
  port: z.number(),
  /** A Match block may say otherwise than the settings. */
  isMatched: z.boolean(),
  /** By the firewall's own lists; false where a card or rules of one's own let some in. */
  isOpenToAll: z.boolean(),
  /** False where it listens at some addresses only. */
  listensToAll: z.boolean(),
  /** A program knows further keys (AuthorizedKeysCommand of sshd_config(5)). */
  asksProgram: z.boolean(),
  /** What keeps every connection away. */
  obstacles: z.array(obstacleSchema),
  accounts: z.array(accountSchema),
})

export type Entry = z.infer<typeof entrySchema>
export type Account = z.infer<typeof accountSchema>
