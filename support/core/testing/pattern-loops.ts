import type { Pattern } from './hostile-texts.ts'

/** A place where a pattern may go on without end. */
interface Loop {
  /** What leads there. */
  readonly head: string
  /** What goes round once. */
  readonly round: string
  /** What comes behind it. */
  next: string
}

const QUANTIFIER = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y
const GROUP = /\((?:\?(?:[:=!]|<[=!]|<\w+>))?/y
const SINGLE = /\\(?:u[\da-f]{4}|u\{[\da-f]+\}|x[\da-f]{2}|p\{[^}]*\}|k<\w+>|.)|\[\^?(?:\\.|[^\]\\])*\]|[\s\S]/iy
/** Places and what was said before: they say nothing of their own. */
const SILENT = /^(?:[$^]|\\(?:[bB1-9]|k<.*))$/
const ASCII = Array.from({ length: 127 }, (_, code) => String.fromCharCode(126 - code))

/**
 * Every loop of a pattern, led to by the first of its alternatives.
 * @param favourites characters that are tried in this order where a class leaves the choice
 */
export function loopsOf(pattern: Pattern, favourites: string): readonly Loop[] {
  const walk = new Walk(pattern, [...favourites, ...ASCII])
  walk.either('')
  return walk.loops
}

class Walk {
  readonly loops: Loop[] = []
  readonly #source: string
  readonly #flags: string
  readonly #choice: readonly string[]
  #at = 0

  constructor({ source, flags }: Pattern, choice: readonly string[]) {
    this.#source = source
    this.#flags = flags.replaceAll(/[gy]/g, '')
    this.#choice = choice
  }

  /** What the first alternative says; the others are walked for their loops. */
  either(head: string): string {
    const first = this.#sequence(head)
    while (this.#source[this.#at] === '|') {
      this.#at += 1
      this.#sequence(head)
    }
    return first
  }

  #sequence(head: string): string {
    let said = ''
    const first = this.loops.length
    while (!['|', ')', undefined].includes(this.#source[this.#at])) {
      const before = this.loops.slice(first)
      const next = this.#term(head + said)
      for (const loop of before) loop.next ||= next
      said += next
    }
    return said
  }

  #term(head: string): string {
    const round = this.#group(head) ?? this.#single(this.#eat(SINGLE)?.[0] ?? '')
    const [, sign, least = '1', comma, most] = this.#eat(QUANTIFIER) ?? []
    if (sign === '?') return ''
    if (sign !== undefined || (comma === ',' && most === '')) this.loops.push({ head, round, next: '' })
    return round.repeat(Math.max(1, Number(least)))
  }

  /** What looks ahead or back says nothing. */
  #group(head: string): string | undefined {
    const opened = this.#eat(GROUP)?.[0]
    if (opened === undefined) return undefined
    const said = this.either(head)
    this.#at += 1
    return /[=!]$/.test(opened) ? '' : said
  }

  #single(atom: string): string {
    if (SILENT.test(atom)) return ''
    if (atom.length === 1 && atom !== '.') return atom
    const fits = new RegExp(`^(?:${atom})$`, this.#flags)
    return [...this.#choice, ...atom].find(char => fits.test(char)) ?? ''
  }

  #eat(token: RegExp): RegExpExecArray | undefined {
    token.lastIndex = this.#at
    const found = token.exec(this.#source) ?? undefined
    this.#at += found?.[0].length ?? 0
    return found
  }
}
