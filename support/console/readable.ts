import stripAnsi from 'strip-ansi'

/** An escape code that may go on in the next piece: its start at the very end of this one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what it is about
const UNFINISHED = /(?:\u001b(?:\[[0-9;?]*|\][^\u0007\u001b]{0,300}|[()]?)?|(?<!\r)\r+)$/

/** Text as a reader sees it, piece by piece: no escape codes, no control characters, every line ended by `\n`. */
export class ReadableText {
  #held = ''

  add(piece: string): string {
    const all = this.#held + piece
    this.#held = UNFINISHED.exec(all)?.[0] ?? ''
    return readable(all.slice(0, all.length - this.#held.length))
  }
}

export const readable = (text: string): string =>
  stripAnsi(text)
    .replace(/(?<!\r)\r+\n/g, '\n')
    .replace(/\r+/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
