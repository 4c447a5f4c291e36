/** Reads one word: quotes, backslashes, and what the shell puts in. bash(1), "Quoting" and "Expansion". */
import { Cursor } from './cursor.ts'
import { readDollar } from './expansion.ts'
import type { Reading } from './reading.ts'
import type { Part, Word } from './script.ts'
import { readSubstitution } from './substitution.ts'

/** Ends of a word where none of them is quoted. */
const META = ' \t\n;&|()<>'

/**
 * @param stop instead of the usual ends: `}` of `${…}`, or none of them as in a pattern
 * @returns undefined where no word begins
 */
export function readWord(reading: Reading, stop: string = META): Word | undefined {
  const { cursor } = reading
  const from = cursor.at
  const awaited = cursor.awaitsBody
  const parts: Part[] = []
  let quoted = false
  for (;;) {
    const char = cursor.char
    if (char === undefined) break
    const isPipe = (char === '<' || char === '>') && cursor.text[cursor.at + 1] === '('
    if (stop.includes(char) && !(isPipe && stop === META)) break
    if ('\\\'"'.includes(char)) quoted = true
    parts.push(...readPiece(reading, char, stop))
  }
  if (cursor.at === from) return undefined
  const raw = cursor.text.slice(from, cursor.at)
  if (awaited && raw.includes('\n')) cursor.fail()
  return { raw, parts, quoted }
}

function readPiece(reading: Reading, char: string, stop: string): readonly Part[] {
  const { cursor } = reading
  switch (char) {
    case '\\':
      return escaped(cursor)
    case "'":
      cursor.at++
      return [{ is: 'text', text: cursor.until("'") }]
    case '"':
      cursor.at++
      return readQuoted(reading)
    case '$':
      return readDollar(reading, { split: true, readWord })
    case '`':
      return [backtick(reading, true)]
    case '<':
    case '>':
      if (cursor.text[cursor.at + 1] !== '(' || stop !== META) break
      cursor.at += 2
      readProcess(reading, char)
      return [{ is: 'process' }]
    case '*':
    case '?':
    case '[':
      if (char === '[' && /^[\s;&|)]?$/.test(cursor.text[cursor.at + 1] ?? '')) break
      cursor.at++
      return [{ is: 'pattern', text: char }]
    case '{':
      return stop === META ? [brace(cursor)] : plain(cursor)
  }
  return plain(cursor)
}

/** What is written to the name of `>(…)` comes to the commands in it. */
function readProcess(reading: Reading, char: '<' | '>'): void {
  const { calls } = readSubstitution(reading)
  const written = { sign: '>(', target: { raw: '', parts: [], quoted: false } }
  if (char === '>') reading.findings.feed(calls, [written])
}

function plain(cursor: Cursor): readonly Part[] {
  cursor.at++
  return [{ is: 'text', text: cursor.text[cursor.at - 1] ?? '' }]
}

function escaped(cursor: Cursor): readonly Part[] {
  const next = cursor.text[cursor.at + 1]
  if (next === undefined) return cursor.fail()
  // bash joins lines before it looks at what stands there: `$\` and `(` in the next line are `$(`
  if (next === '\n' && !/[\s;&|(]/.test(cursor.text[cursor.at - 1] ?? ' ')) cursor.fail()
  cursor.at += 2
  return [{ is: 'text', text: next === '\n' ? '' : next }]
}

/** `{}` and `{name}` are what they are; `{a,b}` and `{1..9}` become several words. */
function brace(cursor: Cursor): Part {
  const isPlain = /\{(?![^\s}]*\.\.)[^\s{},'"$`\\]*\}|\{(?=[\s]|$)/y
  isPlain.lastIndex = cursor.at
  cursor.at++
  return isPlain.test(cursor.text) ? { is: 'text', text: '{' } : { is: 'pattern', text: '{' }
}

/** Up to the closing double quote, which the cursor goes behind. */
function readQuoted(reading: Reading): readonly Part[] {
  const { cursor } = reading
  const parts: Part[] = [{ is: 'text', text: '' }]
  for (;;) {
    if (cursor.done) cursor.fail()
    if (cursor.take('"')) return parts
    parts.push(...readInside(reading, '"\\$`\n'))
  }
}

/** The body of a here-document whose end is not quoted: like a text in double quotes, in which a double quote is nothing special. */
export function readHereBody(reading: Reading): void {
  while (!reading.cursor.done) readInside(reading, '\\$`\n')
}

function readInside(reading: Reading, escapable: string): readonly Part[] {
  const { cursor } = reading
  if (cursor.char === '\\')
    return escapable.includes(cursor.text[cursor.at + 1] ?? '-') ? escaped(cursor) : plain(cursor)
  if (cursor.char === '$') return readDollar(reading, { split: false, readWord })
  if (cursor.char === '`') return [backtick(reading, false)]
  return plain(cursor)
}

/** Between backticks a backslash before `$`, a backtick or another backslash is taken away; in double quotes also before one of those. */
function backtick(reading: Reading, split: boolean): Part {
  const { cursor } = reading
  const found = cursor.match(/`((?:[^`\\]|\\[\s\S])*)`/y) ?? cursor.fail()
  const text = (found[1] ?? '').replace(split ? /\\([$`\\])/g : /\\([$`\\"])/g, '$1')
  const printed = readSubstitution({ ...reading, cursor: new Cursor(text) }, 'end')
  return { is: 'output', ...printed, split }
}
