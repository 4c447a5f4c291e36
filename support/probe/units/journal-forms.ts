/** What lines of a journal may mean beside UTF-8: a line says nothing of how it is encoded. */
import { type Command, sh } from '../../core/command.ts'
import { byLine } from '../files/pattern-in-bytes.ts'
import { formsOf, isUtf8, mayBe } from '../files/text-in-bytes.ts'

/** Of bytes without NUL, which no word of a shell can hold: it is 0xff, and 0xff is 0xfe. No UTF-8 has those. */
export const FOLD = sh`tr '\\000\\377' '\\377\\376'`
/** What was 0xff stays 0xfe. */
export const UNFOLD = sh`tr '\\377' '\\000'`

/**
 * As what some line has it, of those that `otherWords` found; of a part the first line may be a rest. A line that is UTF-8 and holds no NUL is
 * what it seems, whatever its letters would mean elsewhere. In UTF-16 a line may have no NUL but that of its end, which is in the next one.
 */
export function foundAs(found: Buffer, text: string): string | undefined {
  const forms = otherForms(text)
  const encodings = byLine(found).map(line => {
    const [may, isText] = [mayBe(line), isUtf8(line)]
    return forms.find(([encoding, form]) => (may(encoding) || !isText) && folded(line).includes(form))?.[0]
  })
  return encodings.find(encoding => encoding !== undefined)
}

/** As they are searched, without NUL. grep knows lines only: of a form that holds the byte of a line end, its longest part. */
const otherForms = (text: string): (readonly [encoding: string, form: Buffer])[] =>
  formsOf(text)
    .filter(([, form]) => !form.equals(Buffer.from(text)))
    .map(([encoding, form]) => [encoding, longest(byLine(folded(form)))] as const)
    .filter(([, form]) => form.length > 0)

export const otherWords = (text: string): Command[] => otherForms(text).map(([, form]) => word(form))

/** What `FOLD` makes of bytes. */
const folded = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.map(byte => (byte === 0 ? 0xff : byte === 0xff ? 0xfe : byte)))

const longest = (parts: readonly Buffer[]): Buffer => parts.reduce((a, b) => (b.length > a.length ? b : a))

/** In bash's $'…'. */
const word = (bytes: Buffer): Command => ({
  script: `$'${[...bytes].map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`,
})
