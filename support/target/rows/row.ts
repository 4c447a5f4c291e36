/** What becomes of each sentence about a target, for what a look at it may tell. */
import type { Judgement } from '../judgement.ts'

export type TargetRow = readonly [
  outcome: Judgement['is'],
  what: string,
  judgement: Judgement,
  says?: RegExp | undefined,
]

/** By the pattern of the step definition. */
export type TargetTable = Readonly<Record<string, readonly TargetRow[]>>
