/**
 * Arithmetic: `$((…))`, `((…))`, `${name:…}`, `[[ a -eq b ]]`. bash evaluates what a variable holds there, and runs `$(…)` that it finds in an
 * index: `x='a[$(reboot)]'; echo $((x))` reboots. So which variables are evaluated is kept, and an index is not understood.
 */
import type { Cursor } from './cursor.ts'
import type { Reading } from './reading.ts'
import { readSubstitution } from './substitution.ts'

const OPERATOR = /\*\*=?|<<=?|>>=?|\+\+|--|&&|\|\||[-+*/%<>=!&^|]=?|[~?:,]/y
const OPERAND = /\d[\w#@]*/y
const NAME = /[A-Za-z_]\w*/y

/** Up to the end, which the cursor goes behind. */
export function readArithmetic(reading: Reading, end: '))' | '}' | ';'): void {
  const { cursor } = reading
  let depth = 0
  for (let afterOperand = false; ; ) {
    cursor.match(/\s*/y)
    if (depth === 0 && cursor.take(end)) return
    if (cursor.take('(')) {
      if (afterOperand) cursor.fail()
      depth++
    } else if (depth > 0 && cursor.take(')')) {
      depth--
      afterOperand = true
    } else if (readOperand(reading)) {
      // two of them side by side are no arithmetic: such a text is a subshell in a subshell
      if (afterOperand) cursor.fail()
      afterOperand = true
    } else {
      const operator = cursor.match(OPERATOR)?.[0] ?? cursor.fail()
      afterOperand = /^(\+\+|--)$/.test(operator) && afterOperand
    }
  }
}

function readOperand(reading: Reading): boolean {
  const { cursor, findings } = reading
  if (cursor.match(OPERAND)) return true
  const name = cursor.match(NAME)?.[0]
  if (name !== undefined) {
    findings.evaluatedNames.add(name)
    if (assigns(cursor)) findings.give(name, 'number')
    return true
  }
  return cursor.char === '$' && readDollarOperand(reading)
}

const assigns = (cursor: Cursor): boolean =>
  /^\s*([-+*/%&^|]?=(?!=)|\+\+|--)/.test(cursor.text.slice(cursor.at, cursor.at + 9))

function readDollarOperand(reading: Reading): boolean {
  const { cursor, findings } = reading
  cursor.demand('$')
  if (cursor.take('((')) {
    readArithmetic(reading, '))')
    return true
  }
  if (cursor.take('(')) {
    const from = cursor.at
    const printed = readSubstitution(reading)
    const raw = `$(${cursor.text.slice(from, cursor.at)}`
    findings.evaluatedWords.push({ raw, quoted: false, parts: [{ is: 'output', ...printed, split: false }] })
    return true
  }
  if (cursor.match(/[?#$!]|\{#[A-Za-z_]\w*(?:\[[@*]\])?\}/y)) return true
  const found = cursor.match(/([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\}/y) ?? cursor.fail()
  findings.evaluatedNames.add(found[1] ?? found[2] ?? '')
  return true
}
