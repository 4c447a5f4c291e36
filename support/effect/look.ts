/** What the judgements of a script and of those in it know of each other. */
import type { Seen } from './rule/seen.ts'

/** A program with its words, or `<` with the file that is read. */
export type Run = readonly Seen[]

/** What a script and all scripts in it share. */
export class Look {
  opensOthers = false
  writesToOthers = false
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
