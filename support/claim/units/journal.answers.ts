/** What a machine answers about a journal. */
import { answered, type Said } from '../../probe/testing/answered.ts'
import { END } from '../../probe/units/journal-search.ts'
import type { Reply } from '../rows/row.ts'

export interface Log {
  /** What the search in the machine found, for a text. */
  readonly found?: string
  /** All lines, for a pattern. */
  readonly all?: string | Buffer
  readonly newest?: string
  readonly load?: string
  readonly readable?: string
  readonly system?: string
  /** The lines with the text in any encoding, when not the same. */
  readonly otherwise?: string | Buffer
}

const ended = (lines: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(lines), Buffer.from(`${lines.length > 0 ? '\n' : ''}${END}`)])

export function sections({
  found = '',
  all,
  newest = 'other\n',
  load = 'loaded',
  readable = 'open',
  system = 'running',
  otherwise = found,
}: Log): Said[] {
  const search = all === undefined ? searches(otherwise, found) : [Buffer.from(all).toString('base64')]
  return [newest, load, readable, system, ...search]
}

/** Each is made only where the one before leaves something open. */
function searches(any: string | Buffer, found: string): Said[] {
  if (any.length === 0) return [ended(''), '', '']
  const other = found === '' ? Buffer.concat([ended(any), Buffer.from('\n')]) : Buffer.alloc(0)
  return [ended(shown(any)), ended(found), other.toString('base64')]
}

/** A shell's variable holds no NUL. */
const shown = (lines: string | Buffer): Buffer =>
  Buffer.from(Buffer.from(lines).map(byte => (byte === 0 ? 0xff : byte)))

export const log = (facts: Log): Reply => answered(sections(facts))
