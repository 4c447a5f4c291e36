/** Lets machines boot side by side as far as cores and memory reach, whichever run of this user they are of. */
import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { EnvironmentBroken } from '../../core/errors.ts'
import { onDispose } from '../../core/on-dispose.ts'
import { type Progress, type ProgressTask, silentProgress } from '../../core/progress.ts'
import { plural, rows } from '../../core/text/text.ts'
import { type Clock, systemClock } from '../../core/time/clock.ts'
import { milliseconds } from '../../core/time/duration.ts'
import type { Holder, MemoryLedger, MemoryReservation } from './memory-ledger.ts'

/** What the runner's own work and page cache should keep. */
const MEMORY_RESERVE_MIB = 256
const POLL_INTERVAL = milliseconds(500)

export interface RunnerCapacity {
  readonly cores: number
  /** Memory that can be had without swapping, in MiB. */
  availableMiB(): number
}

export const readRunnerCapacity: RunnerCapacity = {
  cores: availableParallelism(),
  // MemAvailable, proc(5); os.freemem() counts the page cache as used.
  availableMiB: () => Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) / 1024,
}

export interface AdmissionOptions {
  readonly ledger: MemoryLedger
  readonly runner?: RunnerCapacity
  /** How many programs wanted a core in the last minute, on average; the runner's by default (getloadavg(3)). */
  load?(): number
  readonly progress?: Progress
  readonly signal?: AbortSignal
  readonly clock?: Clock
  /** Ends one of this run's machines that is not needed now; false when there is none. */
  makeRoom?(forWhom: string): Promise<boolean>
}

export class Admission {
  readonly #options: AdmissionOptions

  constructor(options: AdmissionOptions) {
    this.#options = options
  }

  /**
   * Runs the boot when there is room for it; the memory is the machine's until it is disposed of. Waits for what other runs will give back.
   * @throws EnvironmentBroken when the memory cannot be had
   */
  async admit<M extends AsyncDisposable>(name: string, memoryMiB: number, boot: () => Promise<M>): Promise<M> {
    const place = await this.#place(name, memoryMiB)
    try {
      const machine = onDispose(await boot(), () => place.drop())
      place.become('booted')
      return machine
    } catch (error) {
      place.drop()
      throw error
    }
  }

  /**
   * Whether one more machine would find memory now, and a core of its own beside those of the machines that are judged, and of what else
   * this computer does.
   */
  hasRoom(memoryMiB: number, judged: number): boolean {
    const { ledger, runner = readRunnerCapacity, load = () => loadavg()[0] ?? 0 } = this.#options
    const hasCore = runner.cores > judged && runner.cores > load()
    return hasCore && findRoom(memoryMiB, ledger.holders(), runner).is === 'free'
  }

  async #place(name: string, memoryMiB: number): Promise<MemoryReservation> {
    const {
      ledger,
      runner = readRunnerCapacity,
      progress = silentProgress,
      clock = systemClock,
      signal,
    } = this.#options
    let waiting: MemoryReservation | undefined
    let task: ProgressTask | undefined
    try {
      for (;;) {
        const room = await ledger.exclusively(() => {
          const found = findRoom(memoryMiB, ledger.holders(), runner)
          if (found.is === 'free') return ledger.write({ name, memoryMiB, state: 'booting' })
          if (found.is === 'held') waiting ??= ledger.write({ name, memoryMiB, state: 'waiting' })
          return found
        })
        if (!('is' in room)) return room
        if (room.is !== 'cores' && (await this.#options.makeRoom?.(name))) continue
        if (room.is === 'never') throw tooSmall(name, memoryMiB, room.freeMiB)
        task ??= progress.start(`waiting to boot ${name}`)
        task.update(why(memoryMiB, room))
        await clock.wait(POLL_INTERVAL, signal)
      }
    } finally {
      waiting?.drop()
      task?.done()
    }
  }
}

export interface Room {
  /** `held`: others will give memory back; `cores`: as many boot as there are cores; `never`: too little will be given back. */
  readonly is: 'free' | 'held' | 'cores' | 'never'
  readonly freeMiB: number
  /** Machines of other runs. */
  readonly others: number
}

/**
 * Pure. Promised memory that no machine has touched yet does not show as used, so it is taken off what is available.
 * A run gives its memory back when it ends: not our own, and not one that itself waits for memory, or two would wait for each other.
 */
export function findRoom(neededMiB: number, holders: readonly Holder[], { cores, availableMiB }: RunnerCapacity): Room {
  const held = holders.map(holder => ({ ...holder, promisedMiB: promised(holder) }))
  const untouched = held.reduce((sum, { promisedMiB, residentMiB }) => sum + Math.max(0, promisedMiB - residentMiB), 0)
  const freeMiB = availableMiB() - untouched
  const others = held.filter(({ own }) => !own)
  const giving = others.filter(({ reservations }) => reservations.every(({ state }) => state !== 'waiting'))
  const back = giving.reduce((sum, { promisedMiB, residentMiB }) => sum + Math.max(promisedMiB, residentMiB), 0)
  const room = { freeMiB, others: others.flatMap(machines).length }
  if (neededMiB + MEMORY_RESERVE_MIB > freeMiB + back) return { is: 'never', ...room }
  if (neededMiB + MEMORY_RESERVE_MIB > freeMiB) return { is: 'held', ...room }
  const booting = held.flatMap(machines).filter(({ state }) => state === 'booting').length
  return { is: booting < Math.max(1, cores) ? 'free' : 'cores', ...room }
}

const machines = ({ reservations }: Holder) => reservations.filter(({ state }) => state !== 'waiting')
const promised = (holder: Holder): number => machines(holder).reduce((sum, { memoryMiB }) => sum + memoryMiB, 0)

const why = (neededMiB: number, { is, freeMiB, others }: Room): string =>
  is === 'cores'
    ? 'every core boots one already'
    : `${neededMiB} MiB wanted, ${Math.round(Math.max(0, freeMiB))} MiB free until ${plural(others, 'machine')} of other workers or runs end`

const tooSmall = (name: string, needed: number, available: number): EnvironmentBroken =>
  new EnvironmentBroken(
    `There is not enough memory to boot machine "${name}"\n${rows({
      Expected: `${needed} MiB, and ${MEMORY_RESERVE_MIB} MiB to spare`,
      Got: `${Math.round(Math.max(0, available))} MiB available`,
      Next: 'end other programs, run fewer machines at once, or give them less memory: machines.NAME.memory in nixcumber.config, or the tag @memory:1GiB',
    })}`.trimEnd(),
  )
