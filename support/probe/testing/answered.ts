import type { CommandResult } from '../../core/command.ts'

/** One section as a machine answers it: text or bytes alone came with exit code 0. */
export type Said = string | Buffer | { readonly code: number; readonly out?: string | Buffer }

/** What the command of `inSections` prints when its commands say this. */
export function answered(said: readonly Said[], stderr = ''): CommandResult {
  return { exitCode: 0, stdout: Buffer.concat(said.map(frame)), stderr: Buffer.from(stderr) }
}

function frame(said: Said): Buffer {
  const { code, out = '' } = typeof said === 'string' || Buffer.isBuffer(said) ? { code: 0, out: said } : said
  const bytes = withoutNewlines(Buffer.from(out))
  return Buffer.concat([Buffer.from(`${code} ${bytes.length}\n`), bytes, Buffer.from('\n')])
}

/** As `$(…)` leaves them. */
function withoutNewlines(bytes: Buffer): Buffer {
  let end = bytes.length
  while (bytes[end - 1] === 0x0a) end -= 1
  return bytes.subarray(0, end)
}
