/** Compound commands. bash(1), "Compound Commands". */
import { readArithmetic } from './arithmetic.ts'
import { branches, cases, forLoop, loop } from './branches.ts'
import { readConditional } from './conditional.ts'
import type { Reading } from './reading.ts'
import { readRedirection } from './redirection.ts'
import { demandReserved, type Grammar, readBody, takeReserved } from './reserved.ts'
import type { Writing } from './script.ts'

/** Reads one, with its redirections, where one stands. */
export function compound(reading: Reading, grammar: Grammar): boolean {
  const { cursor, findings } = reading
  const from = findings.calls.length
  if (cursor.take('((')) arithmeticCommand(reading)
  else if (cursor.take('(')) {
    grammar.list(reading, [')'])
    cursor.demand(')')
  } else if (takeReserved(cursor, '{')) {
    grammar.list(reading, ['}'])
    demandReserved(cursor, '}')
  } else if (takeReserved(cursor, '[[')) readConditional(reading)
  else if (takeReserved(cursor, 'if')) branches(reading, grammar)
  else if (takeReserved(cursor, 'while') || takeReserved(cursor, 'until')) loop(reading, grammar)
  else if (takeReserved(cursor, 'for')) forLoop(reading, grammar)
  else if (takeReserved(cursor, 'case')) cases(reading, grammar)
  else if (takeReserved(cursor, 'function')) return namedFunction(reading, grammar)
  else return false
  const writes: Writing[] = []
  for (cursor.skipBlanks(); readRedirection(reading, writes); ) cursor.skipBlanks()
  findings.feed(
    findings.calls.slice(from),
    writes.filter(({ sign }) => sign.startsWith('<')),
  )
  if (writes.length > 0) findings.calls.push({ assignments: [], words: [], writes })
  return true
}

/** A text that another shell would take for a subshell in a subshell holds a name and no more. */
function arithmeticCommand(reading: Reading): void {
  const { cursor, findings } = reading
  const from = cursor.at
  const known = findings.evaluatedWords.length
  readArithmetic(reading, '))')
  const text = cursor.text.slice(from, cursor.at)
  findings.onlyBash ??= `((${text}`
  const inside = findings.evaluatedWords.slice(known).map(({ raw }) => raw)
  const outside = without(text, inside).replace(/&&|\|\|/g, '')
  if (!/[-+*/%<>=!~?]/.test(text) || /[;&|]/.test(outside)) cursor.fail()
}

/** Longer ones first: a substitution may stand in another. */
const without = (text: string, substitutions: readonly string[]): string =>
  [...substitutions].sort((a, b) => b.length - a.length).reduce((rest, each) => rest.replace(each, () => '0'), text)

/** `function NAME { … }`. Its body counts as run. */
function namedFunction(reading: Reading, grammar: Grammar): true {
  const { cursor, findings } = reading
  cursor.skipBlanks()
  findings.functions.add(cursor.match(/[A-Za-z_][\w-]*(?=[\s;&|()<>]|$)/y)?.[0] ?? cursor.fail())
  cursor.match(/[ \t]*\([ \t]*\)/y)
  readBody(reading, grammar)
  return true
}
