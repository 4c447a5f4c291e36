/** `[[ … ]]`. bash(1), "Conditional Constructs" and "CONDITIONAL EXPRESSIONS". */
import type { Reading } from './reading.ts'
import { literal, type Word } from './script.ts'
import { readWord } from './word.ts'

const ARITHMETIC = /^-(eq|ne|lt|le|gt|ge)$/

/** Behind `[[`, up to and with `]]`. */
export function readConditional(reading: Reading): void {
  const { cursor, findings } = reading
  const from = cursor.at
  let before: Word | undefined
  const words: Word[] = [{ raw: '[[', parts: [{ is: 'text', text: '[[' }], quoted: false }]
  for (;;) {
    cursor.match(/(?:\s|\\\n)*/y)
    if (cursor.match(/\]\](?=[\s;&|)<>]|$)/y)) {
      findings.calls.push({ assignments: [], words, writes: [] })
      const text = cursor.text.slice(from, cursor.at)
      if (/[<>|&;()]/.test(text)) findings.onlyBash ??= `[[${text}`
      return
    }
    if (cursor.match(/&&|\|\||[()]|!(?=\s)|[<>](?!\()/y)) {
      before = undefined
      continue
    }
    const word = readWord(reading) ?? cursor.fail()
    words.push(word)
    const text = literal(word) ?? ''
    if (text === '=~' || text === '=' || text === '==' || text === '!=') readPattern(reading, text === '=~')
    else if (ARITHMETIC.test(text)) evaluated(before, nextWord(reading))
    else if (text === '-v' || text === '-R') {
      const name = literal(nextWord(reading))
      if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) cursor.fail()
    }
    before = word
  }

  function evaluated(...words: readonly (Word | undefined)[]): void {
    for (const word of words) {
      const text = word && literal(word)
      if (word === undefined) cursor.fail()
      else if (text === undefined) findings.evaluatedWords.push(word)
      else if (/^[A-Za-z_]\w*$/.test(text)) findings.evaluatedNames.add(text)
      else if (!/^-?\d+$/.test(text)) cursor.fail()
    }
  }
}

function nextWord(reading: Reading): Word {
  reading.cursor.match(/(?:\s|\\\n)*/y)
  return readWord(reading) ?? reading.cursor.fail()
}

/** The right side of `=~` and `==`: parentheses and bars are part of it. */
function readPattern(reading: Reading, isRegex: boolean): void {
  const { cursor } = reading
  cursor.match(/(?:[ \t]|\\\n)*/y)
  const from = cursor.at
  for (let depth = 0; ; ) {
    const char = cursor.char
    if (char === undefined) cursor.fail()
    else if ('<>;&'.includes(char)) cursor.fail()
    else if (/\s/.test(char) && depth === 0) break
    else if (char === '(' || char === ')' || char === '|' || /\s/.test(char)) {
      cursor.at++
      depth += char === '(' ? 1 : char === ')' ? -1 : 0
      if (depth < 0 || (char === '|' && depth === 0 && !isRegex)) cursor.fail()
    } else readWord(reading)
  }
  if (cursor.at === from) cursor.fail()
}
