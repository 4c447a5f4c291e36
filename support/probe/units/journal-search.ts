/** A text or pattern in the lines of a journal: as UTF-8, or as what else the same lines may mean. */
import { type Command, sh } from '../../core/command.ts'
import { matchingLines } from '../../core/values/pattern.ts'
import { formsOf, readingsOf } from '../files/text-in-bytes.ts'

/** Lines that are shown. */
export const SHOWN = 3
/** Bytes of a line that are shown. */
const WIDTH = 2000

/** For showing: what a shell's variable can hold, and no more than that of it. */
export const PLAIN = sh`tr '\\000' '?' | cut -b 1-${WIDTH}`

/** The line behind the last one. It is looked for as well, so that an answer without it was not searched to its end, or for nothing. */
export const END = 'nixcumber: the end'

/** Bytes against bytes: no locale, and no line that counts as binary. */
export const searched = (read: Command, text: string): Command => newest(sh`cat`, read, [sh`${text}`])

/**
 * The text in any of its forms. A journal holds whatever bytes a program gives it (systemd.journal-fields(7), "journal native protocol"), NUL
 * among them, which no word of a shell can hold: NUL is 0xff here, in the lines and in what is looked for: no UTF-8 has that.
 */
export const searchedInAnyForm = (read: Command, text: string): Command =>
  newest(sh`tr '\\000' '\\377'`, read, [sh`${text}`, ...otherForms(text).map(([, form]) => word(form))])

/**
 * On grep's command line the text would come into the journal where the kernel's audit logs what is run (auditctl(8), `-S execve`), and be
 * found there.
 */
const newest = (made: Command, read: Command, wanted: readonly Command[]): Command =>
  sh`set -o pipefail; { ${read} && echo ${END}; } | ${made} | grep -a -F -f <(printf '%s\\n' ${END} ${words(wanted)}) | tail -n ${SHOWN + 1} | ${PLAIN}`

const words = (all: readonly Command[]): Command => ({ script: all.map(({ script }) => script).join(' ') })

/** What was found; undefined when it was not searched to its end. */
export function foundIn(said: string): readonly string[] | undefined {
  const lines = said.split('\n')
  return lines.pop() === END ? lines.filter(line => line !== '') : undefined
}

/** As what it was found, in a form that is not its own. */
export const foundAs = (said: Buffer, text: string): string =>
  otherForms(text).find(([, form]) => said.includes(form))?.[0] ?? 'another encoding'

/** grep knows lines only: of a form that holds the byte of a line end, its longest part. */
const otherForms = (text: string): (readonly [encoding: string, form: Buffer])[] =>
  formsOf(text)
    .filter(([, form]) => !form.equals(Buffer.from(text)))
    .map(
      ([encoding, form]) =>
        [encoding, longest(split(Buffer.from(form.map(byte => (byte === 0 ? 0xff : byte)))))] as const,
    )
    .filter(([, form]) => form.length > 0)

const longest = (parts: readonly Buffer[]): Buffer => parts.reduce((a, b) => (b.length > a.length ? b : a))

/** One letter for each byte, and back. */
const split = (bytes: Buffer): Buffer[] =>
  bytes
    .toString('latin1')
    .split('\n')
    .map(part => Buffer.from(part, 'latin1'))

/** In bash's $'…'. */
const word = (bytes: Buffer): Command => ({
  script: `$'${[...bytes].map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`,
})

/** As what a pattern matches lines that are no UTF-8, or hold NUL. */
export function matchesAs(regex: RegExp, lines: Buffer): string | undefined {
  const isOdd = lines.includes(0) || lines.toString().includes('\ufffd')
  const readings = isOdd ? split(lines).flatMap(readingsOf) : []
  const encodings = new Set(readings.map(([encoding]) => encoding))
  return [...encodings].find(encoding => {
    const texts = readings.filter(([name]) => name === encoding).map(([, text]) => text)
    return matchingLines(regex, texts).length > 0
  })
}
