/** Redirections: what is written to, and here-documents. bash(1), "Redirection". */
import type { Reading } from './reading.ts'
import { literal, type Word, type Writing } from './script.ts'
import { readWord } from './word.ts'

const SIGN = /(?:\d+|\{[A-Za-z_]\w*\})?(<<<|<<-|<<|<>|<&|>&|>>|>\||<(?!\()|>(?!\())|(&>>|&>)/y

/** Where one stands, the cursor goes behind it. */
export function readRedirection(reading: Reading, writes: Writing[]): boolean {
  const { cursor } = reading
  const found = cursor.match(SIGN)
  if (!found) return false
  const sign = found[1] ?? found[2] ?? ''
  cursor.match(/(?:[ \t]|\\\n)*/y)
  const target = readWord(reading) ?? cursor.fail()
  if (sign === '<<' || sign === '<<-') {
    awaitHereDocument(reading, target, sign === '<<-')
    return true
  }
  const copies = /^(\d+-?|-)$/.test(target.raw)
  // to open it is to start its countdown
  if ((sign === '<&' && !copies) || /^\/dev\/watchdog/.test(literal(target) ?? '')) cursor.fail()
  if (sign === '<' || (sign.includes('>') && !(sign === '>&' && copies))) writes.push({ sign, target })
  return true
}

function awaitHereDocument({ cursor }: Reading, target: Word, dedents: boolean): void {
  const ending = literal(target)
  if (ending === undefined || !/^[\w.-]+$/.test(ending)) cursor.fail()
  else cursor.expectHereDocument({ ending, expands: !target.quoted, dedents })
}
