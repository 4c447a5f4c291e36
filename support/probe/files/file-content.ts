/** What stands in a regular file, as far as a sentence asks for it. */
import { type Command, type CommandResult, sh } from '../../core/command.ts'
import type { Fact } from '../fact.ts'
import { notPermitted } from '../not-permitted.ts'
import { type Answer, decoded, encoded } from '../sections.ts'
import type { FileFacts, FileQuery } from './file.ts'

export interface FileContent {
  /** At most `CONTENT_LIMIT`. */
  readonly bytes: Buffer
  /** There is more of it than was read. */
  readonly cut: boolean
}

/** Enough for any configuration file, and little enough for a serial line. */
export const CONTENT_LIMIT = 1_048_576

/** It prints nothing at all for what is no regular file. */
export function readContent({ path, with: wanted }: FileQuery): Command {
  if (wanted === 'content')
    return encoded(sh`if [ -f ${path} ]; then echo; head -c ${CONTENT_LIMIT + 1} -- ${path}; fi`)
  if (wanted === 'sha256') return sh`if [ -f ${path} ]; then sha256sum < ${path}; fi`
  return sh`:`
}

export function parseContent(
  query: FileQuery,
  answer: Answer | undefined,
  result: CommandResult,
): Pick<FileFacts, 'content' | 'sha256'> {
  if (query.with === undefined || answer === undefined) return {}
  if (answer.code !== 0) return { [query.with]: { unknown: whyNot(query, result) } }
  if (answer.text === '') return {}
  return query.with === 'content' ? { content: contentOf(decoded(answer)) } : { sha256: sumOf(answer.text) }
}

function contentOf(said: Buffer): Fact<FileContent> {
  const bytes = said.subarray(1)
  return { is: { bytes: bytes.subarray(0, CONTENT_LIMIT), cut: bytes.length > CONTENT_LIMIT } }
}

function sumOf(text: string): Fact<string> {
  const [sum] = /^[0-9a-f]{64}\b/.exec(text) ?? []
  return sum === undefined ? { unknown: 'sha256sum has said something else than a sum' } : { is: sum }
}

function whyNot({ path }: FileQuery, { stderr }: CommandResult): string {
  const [said = 'the file could not be read'] = stderr.toString().trim().split('\n')
  if (said.endsWith(': Permission denied')) throw notPermitted(`The content of file ${path}`, said)
  return said
}
