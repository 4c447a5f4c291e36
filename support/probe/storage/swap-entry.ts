/** /proc/swaps (proc_swaps(5)). Pure. */
import type { CommandResult } from '../../core/command.ts'
import { lines } from '../sections.ts'
import { UnreadableAnswer } from '../unreadable-answer.ts'
import { unescaped } from './mount-entry.ts'

export interface SwapEntry {
  readonly path: string
  readonly kind: 'partition' | 'file'
}

/** @throws UnreadableAnswer unless it has the head and the columns that the kernel writes */
export function swapEntries(text: string, result: CommandResult): SwapEntry[] {
  const [head = '', ...rows] = lines(text)
  if (!/^Filename\s+Type\s+Size/.test(head)) throw new UnreadableAnswer('The swap', result)
  return rows.map(row => {
    const [, path, kind] = /^(\S+)\s+(partition|file)\s+\d+\s+\d+\s+-?\d+\s*$/.exec(row) ?? []
    if (path === undefined || (kind !== 'partition' && kind !== 'file')) throw new UnreadableAnswer('The swap', result)
    return { path: unescaped(path), kind }
  })
}
