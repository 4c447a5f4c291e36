/** Shell text taken apart into its simple commands, as far as telling what they do needs it. Runs nothing, expands nothing. */

export interface SimpleCommand {
  /** Without quotes. What the shell would put in is left as `$`. */
  readonly words: readonly string[]
  /** Files that its output goes to. */
  readonly writes: readonly string[]
}

/** All simple commands, those of substitutions included; undefined for text that no shell would take. */
export function simpleCommands(script: string): readonly SimpleCommand[] | undefined {
  const reader = new Reader(script)
  return reader.whole() ? reader.commands : undefined
}

/** They stand before a command, or around several. */
const KEYWORDS = new Set('if then else elif fi while until do done { } ! coproc'.split(' '))
/** What follows up to the end of the line names things, and runs none. */
const HEADS = new Set(['for', 'case', 'select', 'in', 'esac'])
const BREAKS = ';&|\n()'

class Reader {
  readonly commands: SimpleCommand[] = []
  readonly #text: string
  #at = 0
  #words: string[] = []
  #writes: string[] = []
  readonly #endings: string[] = []

  constructor(text: string) {
    this.#text = text
  }

  whole(): boolean {
    while (this.#at < this.#text.length) if (!this.#next()) return false
    this.#end()
    return true
  }

  #next(): boolean {
    const char = this.#text[this.#at] ?? ''
    if (char === ' ' || char === '\t' || this.#text.startsWith('\\\n', this.#at))
      return this.#skip(char === '\\' ? 2 : 1)
    if (char === '#') return this.#skip((/^[^\n]*/.exec(this.#rest) ?? [''])[0].length)
    const redirection = /^(?:\d*|&)(<<-?(?!<)|<<<|<>|<&|<(?!\()|>>|>\||>&|>(?!\())/.exec(this.#rest)
    if (redirection) return this.#redirect(redirection)
    if (char === '\n' && this.#endings.length > 0) return this.#hereDocument()
    if (BREAKS.includes(char)) {
      this.#end()
      return this.#skip(1)
    }
    const word = this.#word()
    if (word === undefined) return false
    if (this.#words.length > 0 || !KEYWORDS.has(word)) this.#words.push(word)
    // What is in its body is what counts.
    if (this.#words.length === 2 && this.#words[0] === 'function') this.#words = []
    return true
  }

  get #rest(): string {
    return this.#text.slice(this.#at)
  }

  #skip(count: number): true {
    this.#at += count
    return true
  }

  #end(): void {
    const [first = ''] = this.#words
    if ((this.#words.length > 0 && !HEADS.has(first)) || this.#writes.length > 0)
      this.commands.push({ words: this.#words, writes: this.#writes })
    this.#words = []
    this.#writes = []
  }

  #redirect([whole, sign = '']: RegExpExecArray): boolean {
    this.#skip(whole.length + (/^[ \t]*/.exec(this.#text.slice(this.#at + whole.length)) ?? [''])[0].length)
    const target = this.#word()
    if (target === undefined || target === '') return false
    if (sign.startsWith('<<') && sign !== '<<<') this.#endings.push(target)
    else if (sign.includes('>') && !(sign === '>&' && /^(\d+|-)$/.test(target))) this.#writes.push(target)
    return true
  }

  /** Its body is data. What is substituted in it is not looked at. */
  #hereDocument(): boolean {
    const ending = this.#endings.shift() ?? ''
    const lines = this.#rest.split('\n')
    const end = lines.findIndex((line, i) => i > 0 && line.replace(/^\t+/, '') === ending)
    if (end < 0) return false
    this.#end()
    return this.#skip(lines.slice(0, end + 1).join('\n').length)
  }

  #word(): string | undefined {
    let word = ''
    for (;;) {
      const char = this.#text[this.#at]
      if (char === undefined || ` \t${BREAKS}`.includes(char)) return word
      if ((char === '<' || char === '>') && this.#text[this.#at + 1] !== '(') return word
      const piece = this.#piece(char)
      if (piece === undefined) return undefined
      word += piece
    }
  }

  #piece(char: string): string | undefined {
    if (char === '\\') return this.#escaped()
    if (char === "'") return this.#until("'")
    if (char === '"') return this.#quoted()
    if (char === '`') return this.#inner(this.#until('`'))
    if (char === '$' || char === '<' || char === '>') return this.#expansion()
    this.#skip(1)
    return char
  }

  #escaped(): string {
    const char = this.#text[this.#at + 1] ?? ''
    this.#skip(2)
    return char === '\n' ? '' : char
  }

  #until(mark: string): string | undefined {
    const end = this.#text.indexOf(mark, this.#at + 1)
    if (end < 0) return undefined
    const text = this.#text.slice(this.#at + 1, end)
    this.#at = end + 1
    return text
  }

  #quoted(): string | undefined {
    this.#skip(1)
    for (let text = ''; ; ) {
      const char = this.#text[this.#at]
      if (char === undefined) return undefined
      if (char === '"') {
        this.#skip(1)
        return text
      }
      const piece = '\\`$'.includes(char) ? this.#piece(char) : char
      if (piece === undefined) return undefined
      if (piece === char && !'\\`$'.includes(char)) this.#skip(1)
      text += piece
    }
  }

  /** `$(…)`, `<(…)`, `${…}`, `$name`: what comes of it nobody knows before it runs. */
  #expansion(): string | undefined {
    const [start = ''] = /^(?:\$\(\(|[$<>]\(|\$\{|\$'|\$\w*)/.exec(this.#rest) ?? []
    if (start === "$'") return this.#skip(1) && this.#until("'")
    this.#skip(Math.max(1, start.length))
    if (start === '${') return this.#closed('{', '}') === undefined ? undefined : '$'
    if (!start.endsWith('(')) return '$'
    const inside = this.#closed('(', ')')
    if (start === '$((') return inside === undefined || !this.#skip(1) ? undefined : '$'
    return this.#inner(inside)
  }

  #inner(script: string | undefined): string | undefined {
    const inner = script === undefined ? undefined : simpleCommands(script)
    if (!inner) return undefined
    this.commands.push(...inner)
    return '$'
  }

  /** Up to the closing mark of what was opened just before. */
  #closed(open: string, close: string): string | undefined {
    const from = this.#at
    for (let depth = 1; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at]
      if (char === '\\') this.#at++
      else if (char === "'") {
        if (this.#until("'") === undefined) return undefined
        this.#at--
      } else if (char === open) depth++
      else if (char === close && --depth === 0) return this.#text.slice(from, this.#at++)
    }
    return undefined
  }
}
