/** Words as a program may get them: what is known of each before anything runs. */
import type { ProcessNumbers } from '../shell/process-numbers.ts'
import type { Findings, Part, Source, Word } from '../shell/script.ts'

export interface Seen {
  /** As it is written, for messages. */
  readonly raw: string
  /** The word itself, when the shell puts nothing in. */
  readonly text?: string
  /** How it begins, as far as that is sure. */
  readonly start: string
  /** It is no option, whatever is put in. */
  readonly operand: boolean
  /** It may become several words, or none. */
  readonly many: boolean
  /** Arithmetic finds no code in it. */
  readonly tame: boolean
  /** It may be several lines, by what is written in the script. */
  readonly lines: boolean
  /** It is the number of a process, or no word at all. */
  readonly process?: true
}

export const said = (text: string): Seen => ({
  raw: text,
  text,
  start: text,
  operand: !text.startsWith('-') || text === '-',
  many: false,
  tame: isTame(text),
  lines: text.includes('\n'),
})

/** A word that something else will put in, as `xargs` does: it may be anything. */
export const anything: Seen = { raw: '…', start: '', operand: false, many: true, tame: false, lines: false }

/** The path of a file that was found, put in for `{}`. */
export const foundPath: Seen = { raw: '{}', start: '/', operand: true, many: false, tame: false, lines: false }

/** What is written there is kept nowhere. */
export const isSink = (file: string): boolean => /^\/dev\/(null|stdout|stderr|tty|fd\/[12]|full)$/.test(file)

/** Code for arithmetic needs an index, and something in it that is expanded. */
const isTame = (text: string): boolean => !/[[\]$`\\]/.test(text)

/** Neither an option nor taken apart, wherever it is put in. */
const PLAIN = /^[A-Za-z0-9_./:@%+,=][\w./:@%+,=-]*$/
/** bash's own, and a login's. */
const GIVEN = new Set('UID EUID PPID RANDOM SECONDS HOSTNAME USER LOGNAME HOME'.split(' '))

/** What is known of the variables of a script. */
export class Variables {
  readonly #sources: Findings['sources']

  constructor({ sources }: Findings) {
    this.#sources = sources
  }

  isPlain(name: string, asked: ReadonlySet<string> = new Set()): boolean {
    if (asked.has(name)) return false
    const sources = this.#sources.get(name)
    if (!sources) return GIVEN.has(name)
    const within = new Set([...asked, name])
    return sources.every(
      source => source === 'number' || PLAIN.test(textOf(source) ?? '') || this.#isCopy(source, within),
    )
  }

  /** `local unit=$1` */
  #isCopy(source: Source, asked: ReadonlySet<string>): boolean {
    if (typeof source === 'string') return false
    const parts = source.parts.filter(part => part.is !== 'text' || part.text !== '')
    const [part] = parts
    return parts.length === 1 && part?.is === 'variable' && this.isPlain(part.name, asked)
  }

  isTame(name: string, asked: ReadonlySet<string> = new Set()): boolean {
    if (asked.has(name)) return true
    const within = new Set([...asked, name])
    return (this.#sources.get(name) ?? []).every(
      source => source === 'number' || (source !== 'unknown' && this.#isTameWord(source, within)),
    )
  }

  see({ raw, parts, quoted }: Word): Seen {
    const at = parts.findIndex(({ is }) => is !== 'text')
    const known = at < 0 ? parts : parts.slice(0, at)
    const start = known.map(part => (part.is === 'text' ? part.text : '')).join('')
    if (at < 0) return { ...said(start), raw }
    const first = parts[at]
    const many = parts.some(part => this.#splits(part)) || this.#mayVanish(parts, quoted)
    const begins = first !== undefined && this.#beginsPlain(first)
    const processes = processesOf(parts)
    const isOperand = (start === '' ? begins : !start.startsWith('-')) && !parts.some(part => this.#isTakenApart(part))
    return {
      ...{ raw, start, many, operand: isOperand || processes !== undefined },
      ...(processes === 'one' && { process: true }),
      tame: this.#isTameWord({ raw, parts, quoted }, new Set()),
      lines: this.#hasLines({ raw, parts, quoted }, new Set()),
    }
  }

  #hasLines({ parts }: Word, asked: ReadonlySet<string>): boolean {
    return parts.some(part => {
      if (part.is === 'text') return part.text.includes('\n')
      if (part.is === 'output') return !part.faithful && !part.tame
      if (part.is !== 'variable' || asked.has(part.name)) return false
      const within = new Set([...asked, part.name])
      return (this.#sources.get(part.name) ?? []).some(
        source => typeof source !== 'string' && this.#hasLines(source, within),
      )
    })
  }

  #splits(part: Part): boolean {
    return part.is === 'pattern' || this.#isTakenApart(part)
  }

  /** Into words of which only the first begins as the whole does; those of a pattern all do. */
  #isTakenApart(part: Part): boolean {
    if (part.is === 'variable') return part.split && !this.isPlain(part.name)
    return (part.is === 'output' || part.is === 'unknown') && part.split
  }

  /** An empty variable outside of quotes is no word at all. */
  #mayVanish(parts: readonly Part[], quoted: boolean): boolean {
    return !quoted && parts.every(part => part.is === 'variable' && part.split)
  }

  #beginsPlain(part: Part): boolean {
    if (part.is === 'variable') return this.isPlain(part.name) || (!part.split && this.#beginsSafely(part.name))
    return part.is === 'number' || part.is === 'process'
  }

  /** In quotes: each value begins with what no option begins with, as of `for f in /etc/*`. */
  #beginsSafely(name: string): boolean {
    const sources = this.#sources.get(name) ?? []
    return (
      sources.length > 0 &&
      sources.every(source => {
        if (source === 'number') return true
        if (source === 'unknown') return false
        const [first] = source.parts
        return first?.is === 'text' && /^[^-]/.test(first.text) && !source.parts.some(part => this.#isTakenApart(part))
      })
    )
  }

  #isTameWord({ parts }: Word, asked: ReadonlySet<string>): boolean {
    return parts.every(part => {
      if (part.is === 'text') return isTame(part.text)
      if (part.is === 'variable') return this.isTame(part.name, asked)
      return part.is === 'number' || part.is === 'process' || (part.is === 'output' && part.tame)
    })
  }
}

/** Of a word that is nothing else. */
function processesOf(parts: readonly Part[]): ProcessNumbers | undefined {
  const [part, ...others] = parts.filter(each => each.is !== 'text' || each.text !== '')
  return part?.is === 'output' && others.length === 0 ? part.processes : undefined
}

function textOf(source: Source): string | undefined {
  if (typeof source === 'string') return undefined
  const texts = source.parts.map(part => (part.is === 'text' ? part.text : undefined))
  return texts.includes(undefined) ? undefined : texts.join('')
}
