/** What comes of a question about a target: known to be so, known not to be so, or not known. */
import { EnvironmentBroken, ExpectationNotMet, type NixcumberError } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'
import type { Unknown } from '../probe/fact.ts'
import type { TargetFacts } from './facts.ts'

export type Judgement =
  | { readonly is: 'held' }
  | { readonly is: 'not held'; readonly reasons: readonly string[]; readonly expected?: string; readonly next?: string }
  | { readonly is: 'unknown'; readonly reasons: readonly string[] }

export const HELD: Judgement = { is: 'held' }

export const notHeld = (
  reason: string,
  more: { readonly expected?: string; readonly next?: string } = {},
): Judgement => ({
  is: 'not held',
  reasons: [reason],
  ...more,
})

export const notKnown = (reason: string | Unknown): Judgement => ({
  is: 'unknown',
  reasons: [typeof reason === 'string' ? reason : reason.unknown],
})

/** What is known not to be so goes before what is not known, and that before what is so. */
export function together(judgements: readonly Judgement[]): Judgement {
  const bad = judgements.filter(one => one.is === 'not held')
  const doubts = judgements.filter(one => one.is === 'unknown')
  const worst = bad.length > 0 ? bad : doubts
  const [first] = worst
  return first === undefined ? HELD : { ...first, reasons: [...new Set(worst.flatMap(({ reasons }) => reasons))] }
}

/** Why nothing can be said of the computer below a target; undefined where there is no such reason. */
export const notItsOwn = ({ container }: Pick<TargetFacts, 'container'>): Judgement | undefined =>
  'is' in container && container.is !== 'none'
    ? notKnown(`the target is a container (${container.is}): its computer is that of another system`)
    : undefined

/** A sentence in two forms: that it does not hold, and that it could not be checked. */
export interface Asked {
  /** `The target does not boot as host "t14" expects`. */
  readonly missed: string
  /** `the target boots as host "t14" expects`. */
  readonly sentence: string
}

/** The error of a judgement; undefined when the sentence holds. */
export function errorOf({ missed, sentence }: Asked, judgement: Judgement): NixcumberError | undefined {
  if (judgement.is === 'held') return undefined
  const [first = '', ...others] = judgement.reasons
  if (judgement.is === 'unknown')
    return new EnvironmentBroken(
      `Whether ${sentence} could not be checked: ${first}\n${rows({ Further: others.join('\n') })}`.trimEnd(),
    )
  const { expected, next, reasons } = judgement
  return new ExpectationNotMet(
    `${missed}\n${rows({ Expected: expected, Observed: reasons.join('\n'), Next: next })}`.trimEnd(),
  )
}
