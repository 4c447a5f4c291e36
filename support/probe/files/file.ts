import { type Command, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { byName, fieldsByName } from '../accounts/name-service.ts'
import type { Fact } from '../fact.ts'
import { notPermitted } from '../not-permitted.ts'
import type { Probe } from '../probe.ts'
import { type Answer, answers, inSections, isMissing } from '../sections.ts'
import { toolMissing, UnreadableAnswer } from '../unreadable-answer.ts'
import { type FileContent, parseContent, readContent } from './file-content.ts'

export interface FileQuery {
  readonly path: string
  /** What is wanted beyond its attributes; content is fetched only when a sentence needs it. */
  readonly with?: 'content' | 'sha256'
  /** Whose id is to be compared. */
  readonly owner?: string
  readonly group?: string
}

export type FileKind = 'file' | 'directory' | 'fifo' | 'socket' | 'block device' | 'character device'

export interface FileAttributes {
  readonly kind: FileKind
  /** Permission bits, `0o640`. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Undefined for an id that has no name. */
  readonly owner?: string
  readonly group?: string
  readonly size: number
}

export interface FileFacts {
  /** Of what the path leads to, links followed; undefined when there is nothing. */
  readonly found: Fact<FileAttributes | undefined>
  /** Of the path itself; undefined when it is no symbolic link. */
  readonly link: Fact<Link | undefined>
  /** Only of a regular file, and when it was asked for. */
  readonly content?: Fact<FileContent>
  readonly sha256?: Fact<string>
  /** The id behind the name that was asked for; undefined when there is none. */
  readonly namedUid?: Fact<number | undefined>
  readonly namedGid?: Fact<number | undefined>
}

/** Bytes: a path need not be UTF-8. */
export interface Link {
  readonly target: Buffer
  /** Where it leads in the end, as far as that can be told. */
  readonly resolved?: Buffer
}

/** A path on the machine. Attributes are those of what it leads to: on NixOS most of /etc are links into the store. */
export const file: Probe<FileQuery, FileFacts> = {
  budget: seconds(20),
  describe: ({ path }) => `file ${path}`,
  command: query =>
    inSections(
      sh`stat -L -c ${ATTRIBUTES} -- ${query.path} 2>&1`,
      // the dot keeps newlines at the end of a target
      sh`if [ -L ${query.path} ]; then readlink -n -- ${query.path} && echo .; fi`,
      resolve(query.path),
      readContent(query),
      named('passwd', query.owner),
      named('group', query.group),
    ),
  parse(result, query) {
    const what = file.describe(query)
    const [attributes, target, resolved, content, owner, group] = answers(result, what, 6)
    if (!attributes || isMissing(attributes))
      throw toolMissing(what, { ...result, stderr: attributes?.bytes ?? result.stderr })
    if (attributes.text.endsWith(DENIED)) throw notPermitted(what, attributes.text)
    const found = parseAttributes(attributes)
    if (found === undefined) throw new UnreadableAnswer(what, result)
    return {
      found,
      link: parseLink(found, target, resolved),
      ...parseContent(query, content, result),
      ...(query.owner !== undefined && { namedUid: idOf(query.owner, owner) }),
      ...(query.group !== undefined && { namedGid: idOf(query.group, group) }),
    }
  },
}

/** Numbers first, for no name can hold a newline (passwd(5), group(5)). */
const ATTRIBUTES = '%f %s %u %g\n%U\n%G'
const DENIED = ': Permission denied'
/** Only these two errors say that there is nothing (stat(2): ENOENT, ENOTDIR), in the words of the C locale. */
const NOTHING = /: (?:No such file or directory|Not a directory)$/

/**
 * Only where the kernel gets to an end or to nothing: on a way that leads into itself and grows (`x -> x/y`) readlink(1) never ends. Behind
 * what is not there, where the kernel does not go, such a way may stand as well.
 */
const resolve = (path: string): Command => sh`if [ -L ${path} ]; then case $(stat -L -- ${path} 2>&1 > /dev/null) in
'') readlink -n -f -- ${path} && echo . ;;
*': No such file or directory' | *': Not a directory') timeout 2 readlink -n -m -- ${path} && echo . ;;
esac; fi`

/** File types by the upper four bits of st_mode (inode(7)). */
const KINDS: Readonly<Record<number, FileKind>> = {
  1: 'fifo',
  2: 'character device',
  4: 'directory',
  6: 'block device',
  8: 'file',
  12: 'socket',
}

function parseAttributes({ code, text }: Answer): FileFacts['found'] | undefined {
  if (code !== 0)
    return NOTHING.test(text) ? { is: undefined } : { unknown: /: ([^:]+)$/.exec(text)?.[1] ?? 'stat has failed' }
  const [, raw = '', size, uid, gid, owner = '', group = ''] =
    /^([0-9a-f]+) (\d+) (\d+) (\d+)\n([^\n]+)\n([^\n]+)$/.exec(text) ?? []
  const bits = Number.parseInt(raw, 16)
  const kind = KINDS[bits >> 12]
  if (kind === undefined) return undefined
  const ids = { uid: Number(uid), gid: Number(gid) }
  const names = { ...(owner !== NO_NAME && { owner }), ...(group !== NO_NAME && { group }) }
  return { is: { kind, mode: bits & 0o7777, size: Number(size), ...ids, ...names } }
}

/** What stat(1) prints for an id without a name. */
const NO_NAME = 'UNKNOWN'

function parseLink(
  found: FileFacts['found'],
  target: Answer | undefined,
  resolved: Answer | undefined,
): FileFacts['link'] {
  if (target?.code !== 0) return { unknown: 'readlink has not told what the link leads to' }
  // `[ -L … ]` is false as well where the way to the path cannot be gone
  if (target.text === '') return 'unknown' in found ? found : { is: undefined }
  const end = resolved?.code === 0 && resolved.text !== '' ? withoutDot(resolved) : undefined
  return { is: { target: withoutDot(target), ...(end && { resolved: end }) } }
}

const withoutDot = ({ bytes }: Answer): Buffer => bytes.subarray(0, -1)

const named = (database: 'passwd' | 'group', name: string | undefined): Command =>
  name === undefined ? sh`:` : byName(database, [name])

/** As chown(1) takes it: a name, or else a number. */
function idOf(owner: string, answer: Answer | undefined): Fact<number | undefined> {
  const entries = fieldsByName(answer)
  if ('unknown' in entries) return entries
  const [, id = /^\d+$/.test(owner) ? owner : undefined] = entries.is.get(owner) ?? []
  return { is: id === undefined ? undefined : Number(id) }
}
