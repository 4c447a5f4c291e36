/** What a console printed, on disk: whole up to a bound, and of a flood its beginning and its end. */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'

const MIB = 1024 * 1024

export interface TranscriptBounds {
  /** Kept from the beginning. */
  readonly head: number
  /** Kept from the end: at least this, at most twice as much. */
  readonly tail: number
}

const BOUNDS: TranscriptBounds = { head: 32 * MIB, tail: 16 * MIB }

/**
 * Written at once, for what waits to be written while a flood comes in would fill the runner's memory. A full disk is found by the one that
 * writes the report: the console itself must live on.
 */
export class TranscriptFile {
  readonly #path: string
  readonly #bounds: TranscriptBounds
  #file: number | undefined
  #part: number | undefined
  #written = 0
  #inPart = 0
  #inOlder = 0
  #dropped = 0

  /** @param path appended to */
  constructor(path: string, bounds: TranscriptBounds = BOUNDS) {
    this.#path = path
    this.#bounds = bounds
    this.#file = tryTo(() => openSync(path, 'a'))
  }

  /** False once only the end is kept: what refers to the bytes by their number ends there. */
  get whole(): boolean {
    return this.#part === undefined
  }

  write(bytes: Buffer): void {
    if (this.#file === undefined) return
    if (this.whole && this.#written + bytes.length <= this.#bounds.head) {
      this.#append(this.#file, bytes)
      this.#written += bytes.length
      return
    }
    if (this.#part === undefined || this.#inPart >= this.#bounds.tail) this.#nextPart()
    if (this.#part !== undefined) this.#append(this.#part, bytes)
    this.#inPart += bytes.length
  }

  /** Puts the end behind the beginning, with a word about what is missing between them. */
  close(): void {
    const file = this.#file
    if (file === undefined) return
    this.#file = undefined
    if (this.#part !== undefined) {
      closeSync(this.#part)
      const ends = [this.#older, this.#newer].flatMap(path => tryTo(() => readFileSync(path)) ?? [])
      const note = `\n\n[nixcumber: a flood; ${this.#dropped} bytes are left out here]\n\n`
      for (const bytes of this.#dropped > 0 ? [Buffer.from(note), ...ends] : ends) this.#append(file, bytes)
    }
    for (const path of [this.#older, this.#newer]) rmSync(path, { force: true })
    closeSync(file)
  }

  get #older(): string {
    return `${this.#path}.end1`
  }

  get #newer(): string {
    return `${this.#path}.end2`
  }

  /** The end is kept in two parts; when the newer one is full, the older one is given up. */
  #nextPart(): void {
    if (this.#part !== undefined) {
      closeSync(this.#part)
      this.#dropped += this.#inOlder
      this.#inOlder = this.#inPart
      tryTo(() => renameSync(this.#newer, this.#older))
    }
    this.#part = tryTo(() => openSync(this.#newer, 'w'))
    this.#inPart = 0
  }

  #append(file: number, bytes: Buffer): void {
    tryTo(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    })
  }
}

/** What cannot be written is not there. */
function tryTo<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
