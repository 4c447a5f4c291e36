/** Whether lines match a pattern that are of no encoding that is named. */
import { matchingLines } from '../../core/values/pattern.ts'
import { readingsOf } from './text-in-bytes.ts'

/** As what a pattern matches lines that are no UTF-8, or hold NUL. */
export function matchesAs(regex: RegExp, lines: Buffer): string | undefined {
  const isOdd = lines.includes(0) || lines.toString().includes('\ufffd')
  const readings = isOdd ? byLine(lines).flatMap(readingsOf) : []
  const encodings = new Set(readings.map(([encoding]) => encoding))
  return [...encodings].find(encoding => {
    const texts = readings.filter(([name]) => name === encoding).map(([, text]) => text)
    return matchingLines(regex, texts).length > 0
  })
}

/** One letter for each byte, and back. */
export const byLine = (bytes: Buffer): Buffer[] =>
  bytes
    .toString('latin1')
    .split('\n')
    .map(part => Buffer.from(part, 'latin1'))
