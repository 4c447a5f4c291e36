/** A text or pattern, searched in the lines of a journal. */
import { gunzipSync } from 'node:zlib'
import { type Command, type CommandResult, sh } from '../../core/command.ts'
import { matchingLines } from '../../core/values/pattern.ts'
import { matchesAs } from '../files/pattern-in-bytes.ts'
import { type Answer, decoded, encoded } from '../sections.ts'
import { UnreadableAnswer } from '../unreadable-answer.ts'
import { FOLD, foundAs, otherWords, UNFOLD } from './journal-forms.ts'

/** A text is searched in the machine, so that a long journal costs no transport; a pattern is JavaScript's, and applied here. */
export type Wanted = { readonly text: string } | { readonly regex: RegExp }

export interface Found {
  /** The newest lines that match, at most a few. */
  readonly matches: readonly string[]
  /** Only the newest part was searched: what does not match there may stand before it. */
  readonly isPart: boolean
  /** The encoding in which some line has it, when none has it as UTF-8. */
  readonly otherwise?: string | undefined
}

/** What is brought here of a journal: its newest bytes. */
export const JOURNAL_LIMIT = 4_194_304
/** Lines that are shown. */
export const SHOWN = 3
/** Bytes of a line that are shown. */
const WIDTH = 2000

/** For showing: what a shell's variable can hold, and no more than that of it. */
export const PLAIN = sh`tr '\\000' '?' | cut -b 1-${WIDTH}`
/** Five to ten times shorter on their way where there is gzip. */
const PART = sh`tail -c ${JOURNAL_LIMIT + 1} | { gzip -1 -c 2>/dev/null || cat; }`
const GZIP = Buffer.from([0x1f, 0x8b])

/** The line behind the last one. It is looked for as well, so that an answer without it was not searched to its end, or for nothing. */
export const END = 'nixcumber: the end'

/** As sections, for `foundOf`. */
export const search = (read: Command, wanted: Wanted): Command[] =>
  'text' in wanted ? searchesFor(read, wanted.text) : [encoded(sh`set -o pipefail; ${read} | ${PART}`)]

/**
 * A text in any form first: where there is none, one reading has told it all. Then as UTF-8, bytes against bytes; then the whole lines that
 * have it in another form, which may be chance: two letters of ASCII are one of UTF-16. `$said` is what the section before has said: the
 * end alone where nothing was found, and nothing where nothing was searched.
 */
const searchesFor = (read: Command, text: string): Command[] => [
  newest(FOLD, read, [sh`${text}`, ...otherWords(text)]),
  sh`[ "$said" = ${END} ] || { ${newest(sh`cat`, read, [sh`${text}`])}; }`,
  sh`[ "$said" != ${END} ] || { ${encoded(sh`${lines(FOLD, read, otherWords(text))} | ${UNFOLD} | ${PART}`)}; }`,
]

const newest = (made: Command, read: Command, wanted: readonly Command[]): Command =>
  sh`${lines(made, read, wanted)} | tail -n ${SHOWN + 1} | ${PLAIN}`

/**
 * No locale, and no line that counts as binary. On grep's command line the text would come into the journal where the kernel's audit logs what
 * is run (auditctl(8), `-S execve`), and be found there.
 */
const lines = (made: Command, read: Command, wanted: readonly Command[]): Command =>
  sh`set -o pipefail; { ${read} && echo ${END}; } | ${made} | grep -a -F -f <(printf '%s\\n' ${END} ${words(wanted)})`

const words = (all: readonly Command[]): Command => ({ script: all.map(({ script }) => script).join(' ') })

/** @throws UnreadableAnswer for what was not searched to its end */
export function foundOf([any, exact, other]: readonly Answer[], wanted: Wanted, result: CommandResult): Found {
  if (!('text' in wanted)) return matchesIn(bytesOf(any), wanted.regex)
  const inAny = linesOf(any, result)
  if (inAny.length === 0) return { matches: [], isPart: false }
  const matches = linesOf(exact, result)
  return matches.length > 0 ? { matches, isPart: false } : inOtherForms(bytesOf(other), wanted.text, result)
}

function linesOf(answer: Answer | undefined, result: CommandResult): readonly string[] {
  const all = (answer?.text ?? '').split('\n')
  if (all.pop() !== END) throw new UnreadableAnswer('the journal', result)
  return all.filter(line => line !== '')
}

function inOtherForms(bytes: Buffer, text: string, result: CommandResult): Found {
  if (!bytes.toString().endsWith(`${END}\n`)) throw new UnreadableAnswer('the journal', result)
  return { matches: [], isPart: bytes.length > JOURNAL_LIMIT, otherwise: foundAs(bytes, text) }
}

function matchesIn(bytes: Buffer, regex: RegExp): Found {
  const isPart = bytes.length > JOURNAL_LIMIT
  const all = bytes.toString().split('\n')
  // of a part the first line may be a rest, and after the last one there is nothing
  const whole = all.slice(isPart ? 1 : 0, all.at(-1) === '' ? -1 : undefined)
  const matches = matchingLines(regex, whole).slice(-SHOWN)
  return { matches, isPart, otherwise: matches.length === 0 ? matchesAs(regex, bytes) : undefined }
}

const bytesOf = (answer: Answer | undefined): Buffer => (answer ? unpacked(decoded(answer)) : Buffer.alloc(0))

const unpacked = (bytes: Buffer): Buffer =>
  bytes.subarray(0, GZIP.length).equals(GZIP) ? gunzipSync(bytes, { maxOutputLength: 2 * JOURNAL_LIMIT }) : bytes
