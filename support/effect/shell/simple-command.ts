/** A simple command: assignments, words, redirections; or the beginning of a function. bash(1), "Simple Commands". */

import { readKey } from './associative.ts'
import type { Reading } from './reading.ts'
import { readRedirection } from './redirection.ts'
import { type Grammar, RESERVED, readBody } from './reserved.ts'
import { type Assignment, type Call, type Findings, literal, type Word, type Writing } from './script.ts'
import { noteBuiltinAssignments } from './variable-builtins.ts'
import { readWord } from './word.ts'

export function readSimpleCommand(reading: Reading, grammar: Pick<Grammar, 'command' | 'skipLines'>): void {
  const { cursor, findings } = reading
  const assignments: Assignment[] = []
  const words: Word[] = []
  const writes: Writing[] = []
  let redirections = 0
  for (;;) {
    cursor.skipBlanks()
    if (readRedirection(reading, writes)) {
      redirections++
      continue
    }
    const assignment = words.length === 0 ? readAssignment(reading) : undefined
    if (assignment) assignments.push(assignment)
    else {
      const made = readAssociative(reading, words)
      if (made) {
        assignments.push(made)
        continue
      }
      const word = readWord(reading)
      if (!word) break
      // `{a[i]}>file`: an index is arithmetic
      if (/^\{\w+\[/.test(word.raw) && /^[<>]/.test(cursor.char ?? '')) cursor.fail()
      words.push(word)
    }
  }
  const [first] = words
  if (words.length === 1 && cursor.sees('(') && assignments.length + redirections === 0)
    namedFunction(reading, grammar, first)
  else if (!first && assignments.length + redirections === 0) cursor.fail()
  else if (first && !first.quoted && RESERVED.has(literal(first) ?? '')) cursor.fail()
  else keep({ assignments, words, writes }, findings)
}

function keep(call: Call, findings: Findings): void {
  findings.calls.push(call)
  for (const { name, values } of call.assignments) findings.assign(name, ...values)
  noteBuiltinAssignments(call.words, findings)
}

/** `NAME=VALUE`, `NAME+=VALUE`, `NAME=(VALUE …)`. */
function readAssignment(reading: Reading): Assignment | undefined {
  const { cursor, findings } = reading
  const [, plain, index] = cursor.match(/([A-Za-z_]\w*)(\[\d+\])?\+?=/y) ?? []
  const name = plain ?? nameBeforeKey(reading)
  if (name === undefined) return undefined
  const several = cursor.take('(')
  if (several || index !== undefined || plain === undefined) findings.arrays.add(name)
  if (several) return { name, values: elements(reading) }
  const empty: Word = { raw: '', parts: [], quoted: false }
  return { name, values: [readWord(reading) ?? empty] }
}

/** `NAME[KEY]=`, of an associative array. */
function nameBeforeKey({ cursor, findings }: Reading): string | undefined {
  const from = cursor.at
  const name = cursor.match(/[A-Za-z_]\w*(?=\[)/y)?.[0] ?? ''
  if (findings.associative.has(name) && readKey(cursor, false) && cursor.match(/\+?=(?!\()/y)) return name
  cursor.at = from
  return undefined
}

/** `NAME` or `NAME=([KEY]=VALUE …)` behind `declare -A`: a shell that is no bash would read a subshell there. */
function readAssociative(reading: Reading, words: readonly Word[]): Assignment | undefined {
  const { cursor, findings } = reading
  if (!/^(declare|typeset) -A$/.test(words.map(({ raw }) => raw).join(' '))) return undefined
  const from = cursor.at
  const name = cursor.match(/[A-Za-z_]\w*(?==\(|[ \t]*(?:[;\n&]|$))/y)?.[0] ?? ''
  if (!findings.associative.has(name)) {
    cursor.at = from
    return undefined
  }
  findings.onlyBash ??= `declare -A ${name}`
  findings.arrays.add(name)
  const values: Word[] = []
  if (!cursor.take('=(')) return { name, values }
  for (;;) {
    cursor.match(/\s*/y)
    if (cursor.take(')')) return { name, values }
    if (!readKey(cursor, false)) cursor.fail()
    cursor.demand('=')
    values.push(readWord(reading) ?? cursor.fail())
  }
}

function elements(reading: Reading): readonly Word[] {
  const { cursor } = reading
  const found: Word[] = []
  for (;;) {
    cursor.match(/(?:\s|\\\n)*/y)
    // an index is arithmetic, and a comment here is rare
    if (cursor.sees('[') || cursor.sees('#') || cursor.awaitsBody) cursor.fail()
    if (cursor.take(')')) return found
    found.push(readWord(reading) ?? cursor.fail())
  }
}

/** `NAME() { … }`. Its body counts as run. */
function namedFunction(
  reading: Reading,
  grammar: Pick<Grammar, 'command' | 'skipLines'>,
  first: Word | undefined,
): void {
  const { cursor, findings } = reading
  const name = first && literal(first)
  if (name === undefined || first?.quoted || !/^[A-Za-z_][\w.-]*$/.test(name)) cursor.fail()
  if (!cursor.match(/\([ \t]*\)/y)) cursor.fail()
  findings.functions.add(name ?? '')
  readBody(reading, grammar)
}
