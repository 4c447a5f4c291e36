import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { EnvironmentBroken } from '../../core/errors.ts'

/** How a QEMU was really started, with `@dir@` where its own folder stands: so it can be started again in another one. */
export interface QemuCommand {
  readonly argv: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
}

const DIR = '@dir@'

/** A QEMU that is started so holds no machine until a saved one is migrated into it (qemu-system-x86_64(1)). */
const WAITING = ['-S', '-incoming', 'defer'] as const

/** The command of a QEMU that waits for a saved state. */
export const waiting = <Argv extends readonly string[]>(argv: Argv): [...Argv, ...typeof WAITING] => [
  ...argv,
  ...WAITING,
]

/** The command of the same QEMU when it is to boot from its disks: a machine that was resumed itself may be saved again. */
export function booting([program, ...words]: QemuCommand['argv']): QemuCommand['argv'] {
  const isWaiting = WAITING.every((word, i) => words.at(i - WAITING.length) === word)
  return isWaiting ? booting([program, ...words.slice(0, -WAITING.length)]) : [program, ...words]
}

/**
 * The command of the QEMU that keeps its sockets in the folder, as the kernel has it (proc(5)): whatever script put it together
 * need not run again, and cannot put together something else.
 * @throws EnvironmentBroken when it is gone
 */
export function commandOf(dir: string): QemuCommand {
  for (const id of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    const [program, ...words] = strings(`/proc/${id}/cmdline`)
    if (
      program === undefined ||
      !/qemu/.test(basename(program)) ||
      !words.some(word => word.startsWith(`unix:${dir}/`))
    )
      continue
    const away = (text: string): string => text.replaceAll(dir, DIR)
    const pairs = strings(`/proc/${id}/environ`).map(pair => pair.split(/=(.*)/s, 2))
    return {
      argv: booting([away(program), ...words.map(away)]),
      env: Object.fromEntries(pairs.map(([key = '', value = '']) => [key, away(value)])),
    }
  }
  throw new EnvironmentBroken(`The QEMU of ${dir} is gone, and with it what it was started with`)
}

/** The command for another folder. */
export function commandIn(dir: string, { argv: [program, ...words], env }: QemuCommand): QemuCommand {
  const here = (text: string): string => text.replaceAll(DIR, dir)
  return {
    argv: [here(program), ...words.map(here)],
    env: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, here(value)])),
  }
}

function strings(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\0').filter(Boolean)
  } catch {
    // A process that has just ended, or another user's.
    return []
  }
}
