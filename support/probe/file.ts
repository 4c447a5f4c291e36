import { type Command, sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import { notPermitted } from './not-permitted.ts'
import type { Probe } from './probe.ts'
import { answers, decoded, encoded, inSections } from './sections.ts'
import { UnreadableAnswer } from './unreadable-answer.ts'

export interface FileQuery {
  readonly path: string
  /** What is wanted beyond its attributes; content is fetched only when a sentence needs it. */
  readonly with?: 'content' | 'sha256'
}

export type FileKind = 'file' | 'directory' | 'fifo' | 'socket' | 'block device' | 'character device'

export interface FileFacts {
  /** Of what the path leads to, links followed; absent when there is nothing. */
  readonly found?: {
    readonly kind: FileKind
    /** Permission bits, `0o640`. */
    readonly mode: number
    readonly owner: string
    readonly group: string
    readonly size: number
  }
  /** Present when the path itself is a symbolic link: its text, and where it leads in the end. */
  readonly link?: { readonly target: string; readonly resolved: string }
  /** At most `CONTENT_LIMIT` bytes. */
  readonly content?: Buffer
  readonly sha256?: string
}

/** Enough for any configuration file, and little enough for a serial line. */
export const CONTENT_LIMIT = 1_048_576

/** A path on the machine. Attributes are those of what it leads to: on NixOS most of /etc are links into the store. */
export const file: Probe<FileQuery, FileFacts> = {
  budget: seconds(20),
  describe: ({ path }) => `file ${path}`,
  command: query =>
    inSections(
      sh`stat -L -c '%f %s %U %G' -- ${query.path}`,
      encoded(
        sh`if [ -L ${query.path} ]; then readlink -n -- ${query.path}; printf '\\0'; readlink -n -m -- ${query.path}; fi`,
      ),
      wanted(query),
    ),
  parse(result, query) {
    const [denied] = /.*Permission denied.*/.exec(result.stderr.toString()) ?? []
    if (denied !== undefined) throw notPermitted(file.describe(query), denied)
    const [attributes, target, rest] = answers(result, file.describe(query), 3)
    if (!attributes || !target || !rest) throw new UnreadableAnswer(file.describe(query), result)
    const found = parseStat(attributes.text)
    const link = parseLink(decoded(target).toString())
    return {
      ...(found && { found }),
      ...(link && { link }),
      ...(query.with === 'content' && found?.kind === 'file' && { content: decoded(rest) }),
      ...(query.with === 'sha256' && rest.bytes.length >= 64 && { sha256: rest.text.slice(0, 64) }),
    }
  },
}

function wanted(query: FileQuery): Command {
  if (query.with === 'content')
    return encoded(sh`if [ -f ${query.path} ]; then head -c ${CONTENT_LIMIT} -- ${query.path}; fi`)
  if (query.with === 'sha256') return sh`if [ -f ${query.path} ]; then sha256sum < ${query.path}; fi`
  return sh`:`
}

/** File types by the upper four bits of st_mode (inode(7)). */
const KINDS: Readonly<Record<number, FileKind>> = {
  1: 'fifo',
  2: 'character device',
  4: 'directory',
  6: 'block device',
  8: 'file',
  12: 'socket',
}

function parseStat(text: string): FileFacts['found'] {
  const [, raw = '', size, owner = '', group = ''] = /^([0-9a-f]+) (\d+) (\S+) (\S+)$/.exec(text) ?? []
  const bits = Number.parseInt(raw, 16)
  const kind = KINDS[bits >> 12]
  return kind && { kind, mode: bits & 0o7777, owner, group, size: Number(size) }
}

function parseLink(text: string): FileFacts['link'] {
  const [target = '', resolved = ''] = text.split('\0')
  return target === '' ? undefined : { target, resolved }
}
