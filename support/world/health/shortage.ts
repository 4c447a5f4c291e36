/** Memory or disk of a virtual machine that is used up: a failure that comes of it is not about the host, and has a remedy. */
import type { NixcumberError } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import type { Machine } from '../../machine/machine.ts'
import type { NixWorld } from '../world.ts'

interface Shortage {
  /** Words of the kernel (mm/oom_kill.c) and of libc (strerror(3)). */
  readonly pattern: RegExp
  readonly what: string
  readonly setting: string
  readonly given: (machine: Machine) => number | undefined
}

const SHORTAGES: readonly Shortage[] = [
  {
    pattern: /[Oo]ut of memory|oom-kill|Cannot allocate memory|OOM killer/,
    what: 'memory',
    setting: 'memory',
    given: ({ plan }) => plan.memoryMiB,
  },
  {
    pattern: /No space left on device/,
    what: 'disk',
    setting: 'diskSize',
    given: ({ plan }) => plan.diskMiB,
  },
]

/**
 * What to do about each shortage of which the text speaks, a line each. Only machines that are booted from the flake can be given more.
 * @param text what was said of a failure, with the evidence in it
 */
export const shortages = (text: string, machines: Iterable<Machine>): string[] =>
  [...machines].flatMap(machine =>
    SHORTAGES.flatMap(({ pattern, what, setting, given }) => {
      const size = given(machine)
      if (size === undefined || !pattern.test(text)) return []
      return [
        `${machine.name} has ${size} MiB of ${what}: if that is too little, machines.${machine.name}.${setting} in nixcumber.config, or the tag @${setting}:${roomier(size)}`,
      ]
    }),
  )

/** Puts them below the message, once: an error may pass by more than one hook. */
export function tellShortages(error: NixcumberError, { inPlay }: Pick<NixWorld, 'inPlay'>): void {
  const found = shortages(error.message, inPlay.values())
  if (found.length === 0 || error.message.includes(LABEL)) return
  error.message = `${error.message}\n${rows({ [LABEL]: found.join('\n') })}`.trimEnd()
}

const LABEL = 'Too little'

const roomier = (mebibytes: number): string => `${Math.max(1, Math.ceil((mebibytes * 2) / 1024))}GiB`
