/** How a step, a scenario or a run ended, in the words of the reports; the exit code follows from it. */
import type { TestStepResult } from '@cucumber/messages'
import { EXIT_CODE_BY_NAME, NixcumberError } from '../../core/errors.ts'
import { isSystemError } from '../../core/system-error.ts'

/**
 * `failed`: an expectation was not met. `refused`: the features are wrong (an unknown sentence, refused input).
 * `error`: could not check. `unfinished`: the runner was stopped in the middle.
 */
export type Outcome = 'held' | 'skipped' | 'unfinished' | 'error' | 'refused' | 'failed'

/** Attached by a hook to a step that threw: the outcome by the class of the error, which messages do not carry. */
export const OUTCOME_MEDIA_TYPE = 'text/vnd.nixcumber.outcome'

/** The worst first: what was seen not to hold outweighs what could not be seen. */
export const ORDER: readonly Outcome[] = ['failed', 'refused', 'error', 'unfinished', 'skipped', 'held']

/** Of a scenario, from its steps and hooks. */
export const worst = (outcomes: readonly Outcome[]): Outcome =>
  ORDER.find(outcome => outcomes.includes(outcome)) ?? 'held'

/** Undefined where the type that messages carry says as much. A system error is the surroundings' fault, whatever was being done. */
export function outcomeOfError(error: unknown): Outcome | undefined {
  if (error instanceof NixcumberError) return BY_EXIT_CODE[error.exitCode]
  return isSystemError(error) ? 'error' : undefined
}

const BY_EXIT_CODE = { 1: 'failed', 2: 'refused', 3: 'error' } as const

/** Without a word from our hook: a wrong program could not check anything, other errors are claims that did not hold. */
export function outcomeOf({ status, exception }: TestStepResult): Outcome {
  switch (status) {
    case 'PASSED':
      return 'held'
    case 'SKIPPED':
      return 'skipped'
    case 'UNDEFINED':
    case 'AMBIGUOUS':
    case 'PENDING':
      return 'refused'
    case 'UNKNOWN':
      return 'unfinished'
    default:
      return outcomeOfType(exception?.type ?? '')
  }
}

function outcomeOfType(type: string): Outcome {
  const exitCode = EXIT_CODE_BY_NAME[type]
  if (exitCode !== undefined) return BY_EXIT_CODE[exitCode]
  return WRONG_PROGRAM.includes(type) ? 'error' : 'failed'
}

const WRONG_PROGRAM: readonly string[] = ['AbortError', 'TypeError', 'ReferenceError', 'RangeError', 'SyntaxError']

const EXIT_CODE = { failed: 1, refused: 2, error: 3, unfinished: 3, skipped: 3, held: 0 } as const

/** 0 all held; 1 not met; 2 refused; 3 could not check, as what was left out was not; both 1 and 3 is 1. Nothing judged is never 0. */
export const exitCodeOf = (outcomes: readonly Outcome[]): 0 | 1 | 2 | 3 =>
  outcomes.length === 0 ? 2 : EXIT_CODE[worst(outcomes)]
