import { type CommandResult, sh, unconfined } from '../core/command.ts'
import { seconds } from '../core/time/duration.ts'
import type { Probe } from './probe.ts'
import { lines } from './sections.ts'
import { UnreadableAnswer } from './unreadable-answer.ts'

export interface Mount {
  readonly point: string
  readonly type: string
  readonly readOnly: boolean
}

/** What is mounted where, the last one on each point: the others are hidden below it (proc_mounts(5)). */
export const mounts: Probe<void, readonly Mount[]> = {
  budget: seconds(10),
  describe: () => 'the mounts',
  command: () => unconfined(sh`cat /proc/self/mounts`),
  parse(result: CommandResult) {
    const { exitCode, stdout } = result
    const rows = lines(stdout.toString()).map(line => line.split(' ').map(unescaped))
    // there is always a root
    if (exitCode !== 0 || rows.length === 0) throw new UnreadableAnswer('The mounts', result)
    const mounted = rows.map(([, point = '', type = '', options = '']) => ({
      point,
      type,
      readOnly: options.split(',').includes('ro'),
    }))
    return [...new Map(mounted.map(mount => [mount.point, mount] as const)).values()]
  },
}

/** Blanks and their like are written as octal numbers. */
const unescaped = (field: string): string =>
  field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
