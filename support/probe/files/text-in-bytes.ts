/** Whether a text is in bytes of which nothing says how they are encoded: files, output, pages without a charset. */
import type { Fact } from '../fact.ts'

/**
 * Text is UTF-8, or what a byte order mark says. Bytes that hold the text in another encoding, without a mark, neither have it nor
 * have it not: whether they are text at all, and of which encoding, cannot be told from them.
 */
export function textIn(bytes: Buffer, text: string): Fact<boolean> {
  const marked = markedText(bytes)
  const there = bytes.includes(text)
  if (!marked) return there ? { is: true } : elsewise(bytes, text)
  if (marked.text.includes(text)) return { is: true }
  if (!marked.isSound) return { unknown: `it begins as ${marked.encoding}, and is not that to its end` }
  return there ? { unknown: `it begins as ${marked.encoding}, and holds the text as UTF-8` } : { is: false }
}

/** For showing, and for patterns. */
export const textOf = (bytes: Buffer): string => markedText(bytes)?.text ?? bytes.toString()

/** It says how it is encoded. */
export const isMarked = (bytes: Buffer): boolean => markedText(bytes) !== undefined

/** What no text in UTF-8 has, so that it is shown by its length only. */
export const isBinary = (bytes: Buffer): boolean => !isMarked(bytes) && bytes.subarray(0, 1024).includes(0)

/** Without a mark. */
function elsewise(bytes: Buffer, text: string): Fact<boolean> {
  const found = formsOf(text).find(([encoding, form]) => mayBe(bytes)(encoding) && bytes.includes(form))
  return found ? { unknown: `it is no UTF-8, and holds the text as ${found[0]}, without saying so` } : { is: false }
}

const LATIN_1 = 'Latin-1'

/** Beside UTF-8. In UTF-16 and UTF-32 every text with a line end, a blank or a letter of ASCII has NUL bytes. */
export const mayBe = (bytes: Buffer): ((encoding: string) => boolean) => {
  const [isWide, isLatin1] = [bytes.includes(0), !isUtf8(bytes)]
  return encoding => (encoding === LATIN_1 ? isLatin1 : isWide)
}

/** A text as other encodings have it; Latin-1 has not every letter. */
export const formsOf = (text: string): (readonly [encoding: string, form: Buffer])[] => [
  ...Object.values(WIDE).map(({ unit, encode }) => [`UTF-${8 * unit}`, encode(text)] as const),
  ...([...text].every(letter => letter <= '\u00ff') ? [[LATIN_1, Buffer.from(text, 'latin1')] as const] : []),
]

/** What bytes without a mark may mean beside UTF-8. */
export const readingsOf = (bytes: Buffer): (readonly [encoding: string, text: string])[] =>
  [
    ...Object.values(WIDE).map(({ unit, decode }) => [`UTF-${8 * unit}`, decode(units(bytes, unit))] as const),
    [LATIN_1, bytes.toString('latin1')] as const,
  ].filter(([encoding]) => mayBe(bytes)(encoding))

export function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

interface Encoding {
  readonly mark: readonly number[]
  /** Without the mark; what it does not have becomes U+FFFD. */
  decode(bytes: Buffer): string
  encode(text: string): Buffer
  readonly unit: 2 | 4
}

/** Without a part of one at the end. */
const units = (bytes: Buffer, unit: 2 | 4): Buffer => bytes.subarray(0, bytes.length - (bytes.length % unit))

const swapped = (bytes: Buffer, unit: 2 | 4): Buffer => {
  const whole = Buffer.from(units(bytes, unit))
  return unit === 2 ? whole.swap16() : whole.swap32()
}

const UTF16: Encoding = {
  mark: [0xff, 0xfe],
  unit: 2,
  decode: bytes => new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes),
  encode: text => Buffer.from(text, 'utf16le'),
}

const UTF32: Encoding = {
  mark: [0xff, 0xfe, 0, 0],
  unit: 4,
  decode: bytes =>
    Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => letter(bytes.readUInt32LE(4 * i))).join(''),
  encode: text =>
    Buffer.concat(
      [...text].map(each => {
        const bytes = Buffer.alloc(4)
        bytes.writeUInt32LE(each.codePointAt(0) ?? 0)
        return bytes
      }),
    ),
}

const letter = (code: number): string =>
  code > 0x10_ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code)

const bigEndian = ({ mark, unit, decode, encode }: Encoding): Encoding => ({
  mark: mark.toReversed(),
  unit,
  decode: bytes => decode(swapped(bytes, unit)),
  encode: text => swapped(encode(text), unit),
})

/** Those with the longer mark first: it begins like the shorter one. */
const WIDE: Readonly<Record<string, Encoding>> = {
  'UTF-32LE': UTF32,
  'UTF-32BE': bigEndian(UTF32),
  'UTF-16LE': UTF16,
  'UTF-16BE': bigEndian(UTF16),
}

interface Marked {
  readonly encoding: string
  readonly text: string
  /** All of it is of that encoding. */
  readonly isSound: boolean
}

/** By the byte order mark (Unicode 15, 23.8); of two that it may be the one that it is to its end. */
function markedText(bytes: Buffer): Marked | undefined {
  const read = Object.entries(WIDE)
    .filter(([, { mark }]) => bytes.subarray(0, mark.length).equals(Buffer.from(mark)))
    .map(([encoding, { mark, decode, encode }]): Marked => {
      const rest = bytes.subarray(mark.length)
      const text = decode(rest)
      return { encoding, text, isSound: encode(text).equals(rest) }
    })
  return read.find(({ isSound }) => isSound) ?? read[0]
}
