import { tail } from '../core/text.ts'
import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import { HOLD } from '../expect/not.ts'
import { CONTENT_LIMIT, type FileFacts, type FileKind } from '../probe/file.ts'

type Found = NonNullable<FileFacts['found']>

export const fileExists: Expectation<FileFacts> = claim({
  wanted: 'exists',
  missed: 'did not exist',
  holds: ({ found }) => found !== undefined,
  seen,
})

export const fileIs = (kind: FileKind): Expectation<FileFacts> =>
  claim({ wanted: `a ${kind}`, missed: `was not a ${kind}`, holds: ({ found }) => found?.kind === kind, seen })

/** The text of the link, or where it leads in the end. */
export const fileLinksTo = (target: string): Expectation<FileFacts> =>
  claim({
    wanted: `a link to ${target}`,
    missed: `was not a link to ${target}`,
    holds: ({ link }) => link?.target === target || link?.resolved === target,
    seen: facts => (facts.link ? `a link to ${facts.link.target}` : seen(facts)),
  })

export const fileHasMode = (mode: number): Expectation<FileFacts> =>
  ofFound(`mode ${octal(mode)}`, { holds: found => found.mode === mode, seen: found => `mode ${octal(found.mode)}` })

export const fileHasOwner = (owner: string): Expectation<FileFacts> =>
  ofFound(`owner ${owner}`, { holds: found => found.owner === owner, seen: found => `owner ${found.owner}` })

export const fileHasGroup = (group: string): Expectation<FileFacts> =>
  ofFound(`group ${group}`, { holds: found => found.group === group, seen: found => `group ${found.group}` })

export const fileHasSha256 = (sum: string): Expectation<FileFacts> =>
  claim({
    wanted: `sha256 ${sum}`,
    missed: 'did not have that sha256',
    holds: facts => facts.sha256 === sum.toLowerCase(),
    seen: facts => (facts.sha256 ? `sha256 ${facts.sha256}` : seen(facts)),
  })

/** A secret file's content is compared and never shown, the wanted text neither. */
export const fileContains = (text: string, { secret }: { secret: boolean }): Expectation<FileFacts> =>
  claim({
    wanted: secret ? 'a text that is not shown' : shorten(text),
    missed: secret ? 'did not contain the text' : `did not contain ${shorten(text)}`,
    holds: ({ content }) => content?.includes(text) ?? false,
    seen: facts => (secret || !facts.content ? seen(facts) : excerpt(facts.content)),
    hopeless: ({ found }) =>
      found && found.size > CONTENT_LIMIT ? `it is longer than what is read, ${CONTENT_LIMIT} bytes` : undefined,
  })

/** Said of a file that can be read in full: one that is missing proves nothing about its content. */
export const fileLacks = (text: string, { secret }: { secret: boolean }): Expectation<FileFacts> =>
  claim({
    ...fileContains(text, { secret }),
    wanted: secret ? 'a text that is not shown, absent' : `not ${shorten(text)}`,
    missed: secret ? 'still contained the text' : `still contained ${shorten(text)}`,
    hold: HOLD,
    holds: ({ found, content }) =>
      content !== undefined && (found?.size ?? 0) <= CONTENT_LIMIT && !content.includes(text),
    seen: facts => (secret || !facts.content ? seen(facts) : linesWith(text, facts.content)),
  })

interface FoundClaim {
  holds(found: Found): boolean
  seen(found: Found): string
}

const ofFound = (wanted: string, { holds, seen: show }: FoundClaim): Expectation<FileFacts> =>
  claim({
    wanted,
    missed: `did not have ${wanted}`,
    holds: ({ found }) => found !== undefined && holds(found),
    seen: facts => (facts.found ? show(facts.found) : seen(facts)),
  })

function seen({ found, link }: FileFacts): string {
  if (!found) return link ? `a link to ${link.target}, where there is nothing` : 'nothing there'
  return `a ${found.kind}, ${found.size} bytes, ${found.owner}:${found.group} ${octal(found.mode)}`
}

const octal = (mode: number): string => mode.toString(8).padStart(4, '0')
const shorten = (text: string): string =>
  (text.length > 60 ? `"${text.slice(0, 59)}…"` : `"${text}"`).replaceAll('\n', '\\n')

const linesWith = (text: string, content: Buffer): string =>
  tail(
    content
      .toString()
      .split('\n')
      .filter(line => line.includes(text))
      .join('\n'),
    5,
  ) || 'not there'

function excerpt(content: Buffer): string {
  if (content.length === 0) return 'an empty file'
  if (content.subarray(0, 1024).includes(0)) return `${content.length} bytes that are no text`
  return tail(content.toString(), 10)
}
