import type { Duration } from '../core/time/duration.ts'

/** A claim about facts. `wanted`, `missed` and each `seen` are shown to the user in the words of the field. */
export interface Expectation<Facts> {
  /** What should be seen: `active`. */
  readonly wanted: string
  /** The predicate of the first line when it is not: `was not active` (within 60 s); of a negation `was still active` (after 60 s). */
  readonly missed: string
  /** Only negations: how long it must be true before it counts. */
  readonly hold?: Duration
  judge(facts: Facts): Judgement
}

export type Judgement = Met | NotYet | Never | Unknown

interface Seen {
  /** In full: `activating (auto-restart), exit code 1, 4 restarts`. */
  readonly seen: string
  /** In a word, for the history; `seen` when absent. */
  readonly state?: string
}

interface NotMet extends Seen {
  /** The opposite is not met either: the thing is not there, or between two states. It takes the place of `missed` in the first line. */
  readonly neither?: string
}

export interface Met extends Seen {
  readonly verdict: 'met'
  /** It is so young that it says little: looked at again after this, where the sentence has the time. */
  readonly settles?: Duration
}

export interface NotYet extends NotMet {
  readonly verdict: 'not-yet'
}

/** Waiting longer cannot help: a unit failed for good, no such user on a system that is up. */
export interface Never extends NotMet {
  readonly verdict: 'never'
  /** Completes the first line: `there is no unit ngnix.service`. */
  readonly why: string
}

/** It cannot be told from these facts, and its opposite cannot either. Looked at again: what is unknown now may be known later. */
export interface Unknown extends Seen {
  readonly verdict: 'unknown'
  /** Completes `… could not be checked`: `the program was not found`. */
  readonly why: string
}

/** Something that can be looked at again and again. Throws NixcumberError; a `retryable` one is looked over again. */
export interface Observation<Facts> {
  /** `nginx.service on web`. */
  readonly subject: string
  /** What it means when a look does not even end at its own bound: `Machine "web" does not answer`. */
  readonly silence?: string
  /** What a look tells was so for all the time that it took, and counts as held for as long: a knock that nothing answers goes on until its end. */
  readonly lasting?: true
  look(limits: LookLimits): Promise<Facts>
  /** Asked once, when the expectation was not met. */
  evidence?(): Promise<Evidence>
}

export interface LookLimits {
  /** The bound of this one look; the observation cuts itself off and throws CommandCutOff. */
  readonly attempt: Duration
  /** Fires a little later, or when the whole scenario is given up. */
  readonly signal: AbortSignal
}

/** What helps to understand a failure. */
export interface Evidence {
  /** Where it is: `journal below; console: reports/web.console.log`. */
  readonly where?: string
  /** Printed below the rows. */
  readonly text?: string
  /** What the reader can do, ready to paste where possible. */
  readonly next?: string
}
