import type { Command } from '../../core/command.ts'
import { visible } from '../../core/text/visible.ts'

/** One part of what a target is: how it is asked, and what is read of the answer. */
export interface Part<T> {
  /** The program that must be there, for when it is not. */
  readonly tool: string
  /** Reads only. Ends with 77 and a reason on its output where there is nothing to be asked. */
  readonly command: Command
  /** Pure. @throws Error when the answer has not the form that the tool's manual gives */
  parse(text: string): T
}

/** What JSON says, which can write any letter as `\\u001b`. @throws SyntaxError */
export const fromJson = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? visible(value) : value))

/** Lines `key value` of what was printed; the value is the rest of the line. */
export const pairs = (text: string): (readonly [key: string, value: string])[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const blank = line.indexOf(' ')
      return blank < 0 ? [line, ''] : [line.slice(0, blank), line.slice(blank + 1)]
    })

/** @throws Error for what is no number of the kernel's */
export function wholeNumber(text: string | undefined): number {
  if (text === undefined || !/^\d{1,16}$/.test(text)) throw new Error(`no number: ${text}`)
  return Number(text)
}
