/** What the judgements of a script and of those in it know of each other. */
import type { Seen } from './rule/seen.ts'

/** A program with its words, or `<` with the file that is read. */
export type Run = readonly Seen[]

/** What a script and all scripts in it share. */
export class Look {
  opensOthers = false
  writesToOthers = false
  /** Names of devices are told, as by `ls /dev/*`. */
  namesDevices = false
  /** Files are read of which no beginning is known, as by `xargs head`. */
  readsUnknown = false
  /** A script inside of the script keeps standard error from being heard. */
  hidesInside = false
  readonly runs: Run[]

  constructor(runs: Run[]) {
    this.runs = runs
  }
}

/** Where a script stands. */
export interface Place {
  readonly depth: number
  readonly shell: 'bash' | 'sh'
  /** Something comes to the standard input of the whole. */
  readonly isFed: boolean
}
