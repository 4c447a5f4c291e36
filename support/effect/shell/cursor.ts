/** A place in shell text that is being read. */

/** Text that this reader does not take apart, or that no shell would take. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood'
  /** The place: its next few characters. */
  readonly at: string

  constructor(at: string) {
    super(`not understood at ${at}`)
    this.at = at
  }
}

/** A here-document whose body begins behind the end of this line. */
interface Pending {
  readonly ending: string
  readonly expands: boolean
  readonly dedents: boolean
}

export interface HereBody {
  readonly text: string
  readonly expands: boolean
}

const isControl = (char: string): boolean => (char < ' ' && char !== '\t' && char !== '\n') || char === '\x7f'

export class Cursor {
  readonly text: string
  at = 0
  readonly #pending: Pending[] = []

  constructor(text: string) {
    this.text = text
    if ([...text].some(isControl)) throw new NotUnderstood('a control character')
  }

  get char(): string | undefined {
    return this.text[this.at]
  }

  get rest(): string {
    return this.text.slice(this.at)
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  sees(text: string): boolean {
    return this.text.startsWith(text, this.at)
  }

  /** Goes behind the text when it stands here. */
  take(text: string): boolean {
    if (!this.sees(text)) return false
    this.at += text.length
    return true
  }

  /** Goes behind what matches here; the pattern is sticky. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (!found) return undefined
    this.at += found[0].length
    return found
  }

  demand(text: string): void {
    if (!this.take(text)) this.fail()
  }

  /** The text up to the mark; the cursor goes behind it. */
  until(mark: string): string {
    const end = this.text.indexOf(mark, this.at)
    if (end < 0) this.fail()
    const text = this.text.slice(this.at, end)
    this.at = end + mark.length
    return text
  }

  /** Blanks, joined lines and a comment. */
  skipBlanks(): void {
    this.match(/(?:[ \t]|\\\n)*/y)
    if (this.char === '#') this.match(/[^\n]*/y)
  }

  /** The body of a here-document is still to come: on this line nothing else may reach over its end. */
  get awaitsBody(): boolean {
    return this.#pending.length > 0
  }

  expectHereDocument(pending: Pending): void {
    this.#pending.push(pending)
  }

  /** Goes behind the end of a line and the here-documents that follow it. */
  takeNewline(): readonly HereBody[] | undefined {
    if (!this.take('\n')) return undefined
    return this.#pending.splice(0).map(pending => this.#hereBody(pending))
  }

  /** Of a here-document without a body, bash takes what is left of the text. */
  finish(): void {
    if (this.#pending.length > 0) this.fail()
  }

  #hereBody({ ending, expands, dedents }: Pending): HereBody {
    const lines: string[] = []
    while (!this.done) {
      const line = this.match(/[^\n]*/y)?.[0] ?? ''
      this.take('\n')
      // bash joins such lines before it looks for the end
      if (expands && line.endsWith('\\')) this.fail()
      const bare = dedents ? line.replace(/^\t+/, '') : line
      if (bare === ending) return { text: lines.join('\n'), expands }
      lines.push(bare)
    }
    return this.fail()
  }

  fail(): never {
    const next = this.rest.slice(0, 20).replaceAll('\n', ' ')
    throw new NotUnderstood(next === '' ? 'its end' : `"${next}"`)
  }
}
