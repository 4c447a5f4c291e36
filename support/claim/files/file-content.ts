import { tail } from '../../core/text/text.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { not } from '../../expect/not.ts'
import { type Fact, known, whyUnknown } from '../../probe/fact.ts'
import type { FileAttributes, FileFacts } from '../../probe/files/file.ts'
import { CONTENT_LIMIT } from '../../probe/files/file-content.ts'
import { isBinary, textIn, textOf } from '../../probe/files/text-in-bytes.ts'
import { wantedText } from '../wanted-text.ts'
import { ofFound } from './file.ts'

/** A secret file's content is compared and never shown, the wanted text neither. */
export interface Showing {
  readonly secret: boolean
}

export const fileContains = (text: string, { secret }: Showing): Expectation<FileFacts> =>
  containing(text, {
    wanted: secret ? 'a text that is not shown' : shorten(text),
    missed: secret ? 'did not contain the text' : `did not contain ${shorten(text)}`,
    show: secret ? undefined : excerpt,
  })

/** Said of a file that was read in full: what is missing, unreadable or cut off proves nothing about its content. */
export const fileLacks = (text: string, { secret }: Showing): Expectation<FileFacts> => ({
  ...not(
    containing(text, { wanted: '', missed: '', show: secret ? undefined : bytes => linesWith(text, bytes) }),
    secret ? 'still contained the text' : `still contained ${shorten(text)}`,
  ),
  wanted: secret ? 'a text that is not shown, absent' : `not ${shorten(text)}`,
})

interface Containing {
  readonly wanted: string
  readonly missed: string
  readonly show: ((content: Buffer) => string) | undefined
}

/** @throws UsageError for an empty text */
function containing(text: string, { wanted, missed, show }: Containing): Expectation<FileFacts> {
  wantedText(text)
  const has = ({ content }: FileFacts) => hasText(known(content)?.bytes, text)
  const holds = (facts: FileFacts): boolean => known(has(facts)) === true
  return ofFound({
    wanted,
    missed,
    unknown: facts => (isRegular(facts) && !holds(facts) ? (whyUnread(facts) ?? whyUnknown(has(facts))) : undefined),
    between: otherKind,
    holds: (_, facts) => holds(facts),
    seen: (_, { content }) => {
      const read = known(content)
      return read && show?.(read.bytes)
    },
  })
}

const hasText = (bytes: Buffer | undefined, text: string): Fact<boolean> =>
  bytes ? textIn(bytes, text) : { is: false }

/** @param sum 64 hexadecimal digits, in small letters */
export const fileHasSha256 = (sum: string): Expectation<FileFacts> =>
  ofFound({
    wanted: `sha256 ${sum}`,
    missed: 'did not have that sha256',
    unknown: facts => (isRegular(facts) ? (whyUnknown(facts.sha256) ?? vanished(facts.sha256)) : undefined),
    between: otherKind,
    holds: (_, { sha256 }) => known(sha256) === sum,
    seen: (_, { sha256 }) => known(sha256) && `sha256 ${known(sha256)}`,
  })

const isRegular = ({ found }: FileFacts): boolean => known(found)?.kind === 'file'

/** It has no content of its own, with this text or without. */
const otherKind = ({ kind }: FileAttributes): string | undefined => (kind === 'file' ? undefined : `was a ${kind}`)

function whyUnread({ content }: FileFacts): string | undefined {
  const cause = whyUnknown(content) ?? vanished(content)
  if (cause !== undefined) return cause
  return known(content)?.cut
    ? `it is longer than the ${CONTENT_LIMIT} bytes that are read, and those do not hold the text; grep can tell: Then the command "grep …" succeeds`
    : undefined
}

const vanished = (read: unknown): string | undefined =>
  read === undefined ? 'it was there, and had gone when it was to be read' : undefined

const shorten = (text: string): string =>
  (text.length > 60 ? `"${text.slice(0, 59)}…"` : `"${text}"`).replaceAll('\n', '\\n')

const linesWith = (text: string, content: Buffer): string =>
  tail(
    textOf(content)
      .split('\n')
      .filter(line => line.includes(text))
      .join('\n'),
    5,
  ) || 'not there'

function excerpt(content: Buffer): string {
  if (content.length === 0) return 'an empty file'
  if (isBinary(content)) return `${content.length} bytes that are no text`
  return tail(textOf(content), 10)
}
