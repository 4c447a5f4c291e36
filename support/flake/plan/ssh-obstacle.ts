import { z } from 'zod'
import type { SourceMap } from '../../nix/reason/source-map.ts'

/** What wrapper/ssh.nix found to keep a key out of root's account, or a connection away from sshd. */
export const obstacleSchema = z.object({
  option: z.string(),
  value: z.string(),
  why: z.string(),
  /** Files that set the option. */
  files: z.array(z.string()),
})

/** In a line: the option, where it is set, and what follows from it. */
export function showObstacle(
  { option, value, why, files }: z.infer<typeof obstacleSchema>,
  sources: SourceMap,
): string {
  const own = [...new Set(files.flatMap(file => sources.own(file.replace(/, .*/, '')) ?? []))]
  return `${option} = ${value}${own.length === 0 ? '' : `, set in ${own.join(', ')}`}: ${why}`
}
