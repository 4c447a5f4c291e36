import { type Command, sh } from '../../core/command.ts'

/** `piece TEXT` in a section's command: announced by its length in bytes, as names of files and what stands in them may be any. */
export const PIECE: Command = sh`piece() { printf '%s\\n%s\\n' "\${#1}" "$1"; }`

const LF = 0x0a
const LENGTH = /^\d{1,8}$/

/** What `piece` said, one after the other. @throws Error where that is not all there is */
export function pieces(bytes: Buffer): string[] {
  const found: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const from = bytes.indexOf(LF, at) + 1
    const length = bytes.toString('latin1', at, from - 1)
    const end = from + Number(length)
    if (!LENGTH.test(length) || bytes[end] !== LF) throw new Error('no piece with its length')
    found.push(bytes.toString('utf8', from, end))
    at = end + 1
  }
  return found
}
