/** What stat(1) and its like answer about files, for rows. */
import type { CommandResult } from '../../core/command.ts'
import { answered, type Said } from '../../probe/testing/answered.ts'

export interface FileAnswer {
  readonly stat?: Said
  readonly target?: string | Buffer
  readonly resolved?: string | Buffer
  readonly content?: string | Buffer
  readonly sha256?: string
  /** What getent(1) says of the owner or group that is asked for. */
  readonly owner?: Said
  readonly group?: Said
}

export const SHA256 = 'd74fe509b9423443b93fd33f33258a6b8fe0842101641e014e74ae9f81af5302'
/** A regular file of root's, with mode 0640, that is in group 100. */
export const REGULAR = '81a0 5 0 100\nroot\nusers'
export const DIRECTORY = '41ed 4096 0 0\nroot\nroot'
export const failed = (error: string): Said => ({ code: 1, out: `stat: cannot statx '/x': ${error}` })
export const ABSENT = failed('No such file or directory')

const dotted = (path: string | Buffer | undefined): Said => (path === undefined ? '' : `${path.toString('latin1')}.`)
const bytesOf = (text: Said): Said => (typeof text === 'string' ? Buffer.from(text, 'latin1') : text)

export function fileSections(answer: FileAnswer = {}): Said[] {
  const { stat = REGULAR, target, resolved = target, content, sha256, owner = '', group = '' } = answer
  const read = content === undefined ? (sha256 ?? '') : encoded(content)
  return [stat, bytesOf(dotted(target)), bytesOf(dotted(resolved)), read, owner, group]
}

const encoded = (content: string | Buffer): string =>
  Buffer.concat([Buffer.from('\n'), Buffer.from(content)]).toString('base64')

export const fileAnswer = (answer: FileAnswer = {}): CommandResult => answered(fileSections(answer))
