import type { Deadline } from '../core/deadline.ts'

/** A machine's serial console: what it printed since its first byte, and a way to type. */
export interface Console {
  /** Everything printed so far, as bytes came, decoded as UTF-8. Also on disk at `transcriptFile`. */
  readonly transcript: string
  readonly transcriptFile: string
  send(text: string): Promise<void>
  /**
   * Waits until the text after `from` (default: everything) matches.
   * @throws ExpectationNotMet at the deadline, with the last lines shown
   */
  expect(pattern: RegExp, deadline: Deadline, from?: number): Promise<RegExpExecArray>
}
