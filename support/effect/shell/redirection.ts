/** Redirections: what is written to, and here-documents. bash(1), "Redirection". */
import type { Reading } from './reading.ts'
import { literal, type Word, type Writing } from './script.ts'
import { readWord } from './word.ts'

const SIGN = /(\d+|\{[A-Za-z_]\w*\})?(<<<|<<-|<<|<>|<&|>&|>>|>\||<(?!\()|>(?!\())|(&>>|&>)/y
/** A number is copied, moved or closed. */
const COPIES = /^(\d+)-?$|^-$/

/** Where one stands, the cursor goes behind it. */
export function readRedirection(reading: Reading, writes: Writing[]): boolean {
  const { cursor } = reading
  const from = cursor.at
  const found = cursor.match(SIGN)
  if (!found) return false
  const sign = found[2] ?? found[3] ?? ''
  cursor.match(/(?:[ \t]|\\\n)*/y)
  const target = readWord(reading) ?? cursor.fail()
  noteNumbers(reading, found[1], sign, target)
  noteHidden(reading, from, { number: found[1], sign, target })
  if (sign === '<<' || sign === '<<-') awaitHereDocument(reading, target, sign === '<<-')
  if (!(sign.endsWith('&') && COPIES.test(target.raw))) writes.push({ sign, target })
  return true
}

/**
 * What is opened to be read can be written to where its number stands for an output: of `/dev/tcp` it is a connection both ways, and of a file
 * `/dev/stdout` opens it anew. So nothing but outputs becomes an output.
 */
function noteNumbers({ cursor, findings }: Reading, opened: string | undefined, sign: string, target: Word): void {
  const [, copied] = (sign.endsWith('&') && COPIES.exec(target.raw)) || []
  const isInput = sign.startsWith('<')
  const number = opened?.startsWith('{') ? 10 : Number(opened ?? (isInput ? 0 : 1))
  if (opened?.startsWith('{')) findings.give(opened.slice(1, -1), 'number')
  if (sign === '<&' && !COPIES.test(target.raw)) cursor.fail()
  const isOutput = number === 1 || number === 2
  if (isOutput && isInput && copied === undefined) cursor.fail()
  if (copied === '0' && (isOutput || !isInput)) cursor.fail()
  if (isInput && (number !== 0 || copied !== undefined)) findings.readsNumbers = true
  if (isInput && number !== 0 && (copied ?? '3') !== '1' && copied !== '2') findings.opensOthers = true
  if (Number(copied) > 2 && (isOutput || !isInput)) findings.writesToOthers = true
}

/** `2>…`, `2>&1`, and what sends both streams somewhere: `&>…`, `>&FILE`. A here-document's text would be left behind without a reader. */
function noteHidden(
  { cursor, findings }: Reading,
  from: number,
  { number, sign, target }: { number: string | undefined; sign: string; target: Word },
): void {
  const hide = (shown: string): unknown => findings.hidden.push({ text: cursor.text, from, to: cursor.at, shown })
  if (number === '2' && !sign.startsWith('<<')) hide('2>&2')
  else if (sign.startsWith('&>')) hide(`${sign.slice(1)}${target.raw}`)
  else if (sign === '>&' && (number ?? '1') === '1' && !COPIES.test(target.raw)) hide(`>${target.raw}`)
}

function awaitHereDocument({ cursor }: Reading, target: Word, dedents: boolean): void {
  const ending = literal(target)
  if (ending === undefined || !/^[\w.-]+$/.test(ending)) cursor.fail()
  else cursor.expectHereDocument({ ending, expands: !target.quoted, dedents })
}
