import type { Deadline } from '../core/time/deadline.ts'

/** A machine's serial console: what it printed since its first byte, and a way to type. */
export interface Console {
  /**
   * What was printed, decoded as UTF-8, escape codes and all. Of a flood only the end is kept here, beginning and end at `transcriptFile`.
   * When each part came stands in `<transcriptFile>.times`, as script(1) writes it.
   */
  readonly transcript: string
  readonly transcriptFile: string
  /** How much has been printed; give it to `expect` to look only at what comes after. */
  readonly position: number
  /** The position of the first character that is still kept here. */
  readonly keptFrom: number
  /** What was printed after a position, as far as it is kept. */
  since(position: number): string
  /**
   * The machine was taken back to where it had printed up to this position: what it printed later never happened. It stays in the
   * transcript file, followed by a line that says so; `transcript`, `since` and `expect` pass over it. Positions stay as they are.
   */
  rewind(position: number, because: string): void
  /** Types; a Buffer is typed byte for byte. */
  send(typed: string | Buffer): Promise<void>
  /** Calls the listener with each piece as it is printed, until the returned function is called. */
  listen(listener: (text: string) => void): () => void
  /**
   * Waits until the text after position `from` (default: everything) matches, as a reader sees it: without escape codes, each line ended by `\n`.
   * @throws ExpectationNotMet at the deadline, with the last lines shown; ConnectionLost when the console is closed
   */
  expect(pattern: RegExp, deadline: Deadline, from?: number): Promise<RegExpExecArray>
}
