/** What stands behind a `$`. bash(1), "Parameter Expansion", "Arithmetic Expansion", "Quoting". */
import { readArithmetic } from './arithmetic.ts'
import { readKey } from './associative.ts'
import type { Cursor } from './cursor.ts'
import type { Reading } from './reading.ts'
import type { Part, Word } from './script.ts'
import { readSubstitution } from './substitution.ts'

interface How {
  /** It stands outside of double quotes: the shell takes apart what it puts in. */
  readonly split: boolean
  readonly readWord: (reading: Reading, stop: string) => Word | undefined
}

export function readDollar(reading: Reading, how: How): readonly Part[] {
  const { cursor, findings } = reading
  const { split } = how
  cursor.demand('$')
  if (cursor.take('((')) {
    readArithmetic(reading, '))')
    return [{ is: 'number' }]
  }
  if (cursor.take('(')) return [{ is: 'output', ...readSubstitution(reading), split }]
  if (cursor.take('{')) return [braced(reading, how)]
  // old arithmetic, and texts that are translated
  if (cursor.sees('[') || (split && cursor.sees('"'))) cursor.fail()
  if (split && cursor.take("'")) return [ansi(cursor)]
  if (cursor.match(/[?#$!]/y)) return [{ is: 'number' }]
  if (findings.inFunction && cursor.match(/[1-9]/y))
    return [{ is: 'variable', name: cursor.text[cursor.at - 1] ?? '', split }]
  if (cursor.match(/[-\d@*]/y)) return [{ is: 'unknown', split: split || cursor.text[cursor.at - 1] === '@' }]
  const name = cursor.match(/[A-Za-z_]\w*/y)?.[0]
  return [name === undefined ? { is: 'text', text: '$' } : { is: 'variable', name, split }]
}

const PLAIN_ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', '"': '"' }

/** `$'…'`. Where a shell that is no bash would find another end of it, it is not understood. */
function ansi(cursor: Cursor): Part {
  const found = cursor.match(/((?:[^'\\]|\\[nt\\"])*)'/y) ?? cursor.fail()
  return {
    is: 'text',
    text: (found[1] ?? '').replace(/\\(.)/g, (_, char: string) => PLAIN_ESCAPES[char] ?? ''),
  }
}

/** `${…}`: what stands in it is expanded, too. */
function braced(reading: Reading, how: How): Part {
  const { cursor } = reading
  const { split } = how
  if (cursor.match(/#(?:[A-Za-z_]\w*(?:\[[@*]\])?|[@*#?\d]*)\}/y)) return { is: 'number' }
  if (cursor.match(/![A-Za-z_]\w*(?:\[[@*]\]|[@*])\}/y)) return { is: 'unknown', split: true }
  const name = cursor.match(/[A-Za-z_]\w*|\d+|[@*]/y)?.[0] ?? cursor.fail()
  const isVariable = /^[A-Za-z_]/.test(name)
  const index = cursor.match(/\[(?:[@*]|\d+)\]/y)?.[0] ?? keyOf(reading, name, split)
  const many = split || /[@]/.test(name + (index ?? ''))
  const value: Part =
    isVariable && index === undefined ? { is: 'variable', name, split } : { is: 'unknown', split: many }
  if (cursor.take('}')) return value
  readOperation(reading, how, name)
  return isVariable ? { is: 'unknown', split: many } : value
}

/** Nothing is taken apart by it: that of `${name[@]}` alone is several words. */
function keyOf({ cursor, findings }: Reading, name: string, split: boolean): string | undefined {
  return findings.associative.has(name) && readKey(cursor, !split) ? '[key]' : undefined
}

function readOperation(reading: Reading, { readWord, split }: How, name: string): void {
  const { cursor, findings } = reading
  const operator = cursor.match(/:?[-=?+]|##?|%%?|\/[/#%]?|\^\^?|,,?|@Q/y)?.[0]
  if (operator === undefined) {
    cursor.demand(':')
    readArithmetic(reading, '}')
    return
  }
  const from = cursor.at
  const word = readWord(reading, '}')
  const text = cursor.text.slice(from, cursor.at)
  // in double quotes, quotes within mean one thing for one operator and another for the next
  if ((!split && /['"]/.test(text)) || /[<>]\(/.test(text)) cursor.fail()
  if (operator.endsWith('=')) findings.give(name, word ?? 'unknown')
  cursor.demand('}')
}
