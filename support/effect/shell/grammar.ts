/**
 * Takes shell text apart into its simple commands. It reads what POSIX and bash have in common, and of bash what is in daily use; all else is
 * not understood. POSIX.1-2017, XCU 2.10; bash(1), "SHELL GRAMMAR". It runs and expands nothing.
 */
import { associativeArrays } from './associative.ts'
import { compound } from './compound.ts'
import { Cursor } from './cursor.ts'
import { assignParameters } from './parameters.ts'
import type { Reading } from './reading.ts'
import { isReserved } from './reserved.ts'
import { type Call, Findings } from './script.ts'
import { readSimpleCommand } from './simple-command.ts'
import { readHereBody } from './word.ts'

/**
 * Read once more when it has functions: one may stand in for a program that is called further up, in another function or in a loop.
 * @throws NotUnderstood
 */
export function readScript(text: string): Findings {
  const findings = readOnce(text, [])
  return findings.functions.size > 0 ? readOnce(text, findings.functions) : findings
}

function readOnce(text: string, functions: Iterable<string>): Findings {
  const findings = new Findings(functions)
  findings.associative = associativeArrays(text)
  const reading = { findings, cursor: new Cursor(text), commands }
  reading.commands(reading.cursor, 'end')
  assignParameters(findings)
  return findings

  function commands(cursor: Cursor, end: ')' | 'end'): void {
    const inner = { findings, cursor, commands }
    if (cursor.awaitsBody) cursor.fail()
    list(inner, end === ')' ? [')'] : [])
    if (end === ')') cursor.demand(')')
    else if (!cursor.done) cursor.fail()
    if (cursor.awaitsBody) cursor.fail()
  }
}

/** Commands up to one of the words or signs, which is left; without any, up to the end. */
export function list(reading: Reading, ends: readonly string[]): void {
  const { cursor, findings } = reading
  for (let piped: readonly Call[] = []; ; ) {
    skipLines(reading)
    if (cursor.done || isAt(reading, ends)) return
    const from = findings.calls.length
    command(reading)
    const calls = findings.calls.slice(from)
    findings.feed(calls, piped)
    cursor.skipBlanks()
    if (cursor.done || isAt(reading, ends)) return
    const sign = cursor.match(/&&|\|\||\|&?|&(?!>)|;(?![;&])|(?=\n)/y) ?? cursor.fail()
    if (sign[0] === '|&') findings.hidden.push({ text: cursor.text, from: cursor.at - 2, to: cursor.at, shown: '|' })
    piped = /^\|&?$/.test(sign[0]) ? calls : []
  }
}

/** Blanks, comments, ends of lines, and the here-documents behind those. */
export function skipLines(reading: Reading): void {
  const { cursor } = reading
  for (;;) {
    cursor.skipBlanks()
    const bodies = cursor.takeNewline()
    if (!bodies) return
    for (const { text, expands } of bodies) if (expands) readHereBody({ ...reading, cursor: new Cursor(text) })
  }
}

function isAt({ cursor }: Reading, ends: readonly string[]): boolean {
  return ends.some(end => (/\w|}/.test(end) ? isReserved(cursor, end) : cursor.sees(end)))
}

/** One command, simple or compound, with what stands before it. */
export function command(reading: Reading): void {
  const { cursor } = reading
  cursor.skipBlanks()
  while (cursor.match(/(?:!|time(?:[ \t]+-p)?)(?=[ \t])/y)) cursor.skipBlanks()
  if (!compound(reading, { list, command, skipLines })) readSimpleCommand(reading, { command, skipLines })
}
