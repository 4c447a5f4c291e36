/** Command lines as getopt(3) reads them, with the options that are known to only look. */
import { type Change, type Rule, unknownWord, unsure } from './rule.ts'
import { type Seen, said } from './seen.ts'

/** How an option takes a value: not, always (in its own word or the next), or in its own word only. */
type Takes = 'nothing' | 'value' | 'attached'

export interface Spec {
  readonly options: ReadonlyMap<string, Takes>
  /** `-5`. */
  readonly numbers: boolean
  /** At most so many words that are no options. */
  readonly operands: number
  /** Behind a word that is no option nothing is one. */
  readonly first: boolean
  /** Long options with one dash, as of openssl: `-noout`. */
  readonly words: boolean
}

export interface Parsed {
  readonly options: readonly { readonly name: string; readonly value?: Seen }[]
  readonly operands: readonly Seen[]
}

/**
 * @param text `-abn:I?` four options, of which `-n` takes a value and `-I` an attached one, `-#` a number; `--all`, `--lines=`,
 * `--color[=`; `...` operands, `..2` at most two; `words` at the beginning: each option is one word, as `-noout`; `first`
 * where options come before the other words, and are none behind them
 */
export function spec(text: string): Spec {
  const options = new Map<string, Takes>()
  const tokens = text.trim().split(/\s+/)
  const words = tokens[0] === 'words'
  for (const token of tokens.filter(each => each.startsWith('-'))) {
    if (words || token.startsWith('--')) add(token)
    else for (const [letter] of token.slice(1).matchAll(/.[:?]?/g)) add(`-${letter}`)
  }
  function add(option: string): void {
    const [, name = '', sign] = /^(.+?)(:|\?|=|\[=)?$/.exec(option) ?? []
    options.set(name, sign === undefined ? 'nothing' : sign === ':' || sign === '=' ? 'value' : 'attached')
  }
  const most = /(?:^|\s)\.\.(\d+)(?:\s|$)/.exec(text)?.[1]
  return {
    options,
    words,
    first: tokens.includes('first'),
    numbers: tokens.some(token => token.startsWith('-#')),
    operands: most !== undefined ? Number(most) : tokens.includes('...') ? Number.POSITIVE_INFINITY : 0,
  }
}

/** @param early the first operand ends the options, and is left with all behind it: what follows is another program */
export function parse(args: readonly Seen[], spec: Spec, name: string, early = false): Parsed | Change {
  const options: { name: string; value?: Seen }[] = []
  const operands: Seen[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as Seen
    if (word.text === '--') {
      operands.push(...args.slice(at + 1))
      break
    }
    if (word.operand) {
      if (early) {
        operands.push(...args.slice(at))
        break
      }
      operands.push(word)
      continue
    }
    if (spec.first && operands.length > 0) return unknownWord(word.raw, name)
    const found = optionsIn(word, args[at + 1], spec)
    if (!found) return refused(word, args[at + 1], spec, name)
    options.push(...found.options)
    if (found.tookNext) at++
  }
  if (!early && operands.length > spec.operands) return unknownWord(operands[spec.operands]?.raw ?? '', name)
  if (!early && spec.operands < Number.POSITIVE_INFINITY && operands.some(({ many }) => many))
    return unsure(operands.find(({ many }) => many)?.raw ?? '', name)
  return { options, operands }
}

interface Found {
  readonly options: readonly { name: string; value?: Seen }[]
  readonly tookNext: boolean
}

function optionsIn(word: Seen, next: Seen | undefined, spec: Spec): Found | undefined {
  if (word.many) return undefined
  if (spec.numbers && /^-\d+$/.test(word.text ?? '')) return { options: [], tookNext: false }
  return word.start.startsWith('--') || spec.words ? long(word, next, spec) : short(word, next, spec)
}

/** A word that is no known option; or one that is, and takes a value of which it is not known how many words it becomes. */
function refused(word: Seen, next: Seen | undefined, spec: Spec, name: string): Change {
  if (word.text === undefined) return unsure(word.raw, name)
  const one = next?.many && optionsIn(word, { ...next, many: false, start: 'x' }, spec)
  return one ? unsure(next.raw, name) : unknownWord(word.raw, name)
}

function long(word: Seen, next: Seen | undefined, { options }: Spec): Found | undefined {
  const [, name = '', value] = /^(-[^=]*)(?:=([\s\S]*))?$/.exec(word.start) ?? []
  const takes = options.get(name)
  if (takes === undefined) return undefined
  if (value !== undefined)
    return takes === 'nothing'
      ? undefined
      : { options: [{ name, value: behind(word, name.length + 1) }], tookNext: false }
  // what is put in behind a name without `=` makes another name of it
  if (word.text === undefined) return undefined
  if (takes !== 'value') return { options: [{ name }], tookNext: false }
  return withNext(name, next)
}

function short(word: Seen, next: Seen | undefined, { options }: Spec): Found | undefined {
  const found: { name: string; value?: Seen }[] = []
  for (let at = 1; at < word.start.length; at++) {
    const name = `-${word.start[at]}`
    const takes = options.get(name)
    if (takes === undefined) return undefined
    const isLast = at === word.start.length - 1 && word.text !== undefined
    if (takes === 'nothing') found.push({ name })
    else if (!isLast || takes === 'attached')
      return { options: [...found, { name, ...(isLast ? {} : { value: behind(word, at + 1) }) }], tookNext: false }
    else {
      const last = withNext(name, next)
      return last && { options: [...found, ...last.options], tookNext: true }
    }
  }
  return word.text === undefined || found.length === 0 ? undefined : { options: found, tookNext: false }
}

/** A value that looks like an option may be one, where another version of the program takes none here. */
function withNext(name: string, next: Seen | undefined): Found | undefined {
  if (!next || next.many || /^-[A-Za-z_-]/.test(next.start)) return undefined
  return { options: [{ name, value: next }], tookNext: true }
}

/** The rest of a word: the value of the option that it begins with. */
function behind(word: Seen, at: number): Seen {
  if (word.text !== undefined) return said(word.text.slice(at))
  return { ...word, start: word.start.slice(at) }
}

export const isChange = (result: Parsed | Change): result is Change => 'because' in result

type Check = (parsed: Parsed) => string | undefined

/** A program with options; `check` names what is wrong with values or operands: a word. */
export function options(text: string, check?: Check): Rule {
  const known = spec(text)
  return (args, _context, name) => {
    const parsed = parse(args, known, name)
    if (isChange(parsed)) return parsed
    const wrong = check?.(parsed)
    return wrong === undefined ? undefined : unknownWord(wrong, name)
  }
}

/** Looks only with one of these options; without, it acts. */
export const needs =
  (...names: readonly string[]): Check =>
  ({ options }) =>
    options.some(({ name }) => names.includes(name)) ? undefined : `no ${names.join(' or ')}`

/** None of the program's options and words makes it act. */
export const always: Rule = () => undefined
