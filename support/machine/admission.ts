import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { EnvironmentBroken } from '../core/errors.ts'
import { rows } from '../core/text.ts'
import { Semaphore } from '../shell/semaphore.ts'

/** What the runner's own work and page cache should keep. */
const SPARE_MIB = 256

export interface Runner {
  readonly cores: number
  /** Memory that can be had without swapping, in MiB. */
  availableMiB(): number
}

export const thisRunner: Runner = {
  cores: availableParallelism(),
  // MemAvailable, proc(5); os.freemem() counts the page cache as used.
  availableMiB: () => Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) / 1024,
}

/** Lets machines boot side by side as far as cores and memory reach: a boot keeps one core busy. */
export class Admission {
  readonly #runner: Runner
  readonly #cores: Semaphore
  #promisedMiB = 0

  constructor(runner: Runner = thisRunner) {
    this.#runner = runner
    this.#cores = new Semaphore(Math.max(1, runner.cores))
  }

  /** Whether one more machine would find memory, and a core of its own beside the one that is judged. */
  hasRoom(memoryMiB: number): boolean {
    const available = this.#runner.availableMiB() - this.#promisedMiB
    return this.#runner.cores > 1 && memoryMiB + SPARE_MIB <= available
  }

  /** Runs the boot when there is room for it. @throws EnvironmentBroken when the memory cannot be had */
  async admit<T>(name: string, memoryMiB: number, boot: () => Promise<T>): Promise<T> {
    await using _core = await this.#cores.take()
    const available = this.#runner.availableMiB() - this.#promisedMiB
    if (memoryMiB + SPARE_MIB > available) throw tooSmall(name, memoryMiB, available)
    this.#promisedMiB += memoryMiB
    try {
      return await boot()
    } finally {
      this.#promisedMiB -= memoryMiB
    }
  }
}

const tooSmall = (name: string, needed: number, available: number): EnvironmentBroken =>
  new EnvironmentBroken(
    `There is not enough memory to boot machine "${name}"${rows({
      Expected: `${needed} MiB, and ${SPARE_MIB} MiB to spare`,
      Got: `${Math.round(Math.max(0, available))} MiB available`,
      Next: 'end other programs, run fewer machines at once, or lower virtualisation.memorySize',
    })}`.trimEnd(),
  )
