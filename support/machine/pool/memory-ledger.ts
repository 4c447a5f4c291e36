/**
 * Memory promised to machines, visible to every run of this user: files in the state directories, which go with their runs.
 * Of a run that is dead nothing counts.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { lock } from '../../core/files/file-lock.ts'
import { isProcessAlive } from '../../core/files/process-identity.ts'
import { IN_MEMORY } from '../room-in-memory.ts'
import { ownerOf, runtimeDirs } from '../runtime/runtime-dir.ts'
import { readResidentMiB } from './resident-memory.ts'

const reservation = z.object({
  name: z.string(),
  memoryMiB: z.number(),
  /** `waiting` holds nothing: its run wants it, and gives nothing back until it has it. */
  state: z.enum(['booting', 'booted', 'waiting']),
})

export type Reservation = z.infer<typeof reservation>

/** One run that lives, and what it holds. */
export interface Holder {
  readonly own: boolean
  readonly reservations: readonly Reservation[]
  /** What its machines have taken of it so far: memory that shows as used. */
  readonly residentMiB: number
}

export interface LedgerLocation {
  /** Gives the run's state directory, made when first asked for. */
  own(): string
  readonly lockFile: string
  readonly root?: string
}

export class MemoryLedger {
  readonly #place: LedgerLocation
  #count = 0

  constructor(place: LedgerLocation) {
    this.#place = place
  }

  /** No other run of this user decides meanwhile. */
  async exclusively<T>(work: () => T): Promise<T> {
    await using _ = await lock(this.#place.lockFile)
    return work()
  }

  holders(): Holder[] {
    const { own, root } = this.#place
    const mine = own()
    const resident = readResidentMiB()
    const dirs = runtimeDirs(...(root === undefined ? [] : [root])).map(path => ({ path, owner: ownerOf(path) }))
    const living = dirs.filter(({ path, owner }) => path === mine || isProcessAlive(owner))
    // What a run has promised on disk may show as used in its folder in memory.
    const inMemory = living.filter(({ path }) => path.startsWith(`${IN_MEMORY}/`))
    return living
      .filter(each => !inMemory.includes(each))
      .map(({ path, owner }) => {
        const paths = [path, ...inMemory.filter(each => each.owner === owner).map(each => each.path)]
        return {
          own: path === mine,
          reservations: reservationsIn(path),
          residentMiB: paths.reduce((sum, each) => sum + resident(each), 0),
        }
      })
  }

  /** A file that says so, until it is dropped. */
  write(what: Reservation): MemoryReservation {
    this.#count += 1
    return new MemoryReservation(join(this.#place.own(), `memory-${process.pid}-${this.#count}.json`), what)
  }
}

export class MemoryReservation {
  readonly #file: string
  readonly #what: Reservation

  constructor(file: string, what: Reservation) {
    this.#file = file
    this.#what = what
    this.become(what.state)
  }

  become(state: Reservation['state']): void {
    writeFileSync(this.#file, JSON.stringify({ ...this.#what, state }))
  }

  drop(): void {
    rmSync(this.#file, { force: true })
  }
}

const reservationsIn = (path: string): Reservation[] =>
  namesIn(path)
    .filter(name => /^memory-.*\.json$/.test(name))
    .flatMap(name => read(join(path, name)))

function read(file: string): Reservation[] {
  try {
    return [reservation.parse(JSON.parse(readFileSync(file, 'utf8')))]
  } catch {
    // Being written, or going away just now.
    return []
  }
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
