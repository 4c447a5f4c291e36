/** Files that are either the old or the new ones, never half of one; and a full disk said as such. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { EnvironmentBroken } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'

/** Of files in which stands what machines, hosts and Nix have said: for their user only. */
export const OWN_FILE = 0o600
export const OWN_FOLDER = 0o700

/** @throws EnvironmentBroken; a file that was there before stays as it was */
export function writeAtomically(file: string, content: string, mode = 0o666): void {
  const fresh = `${file}.${process.pid}.new`
  try {
    // exclusively: in a folder that others may write to, a link may lie there
    rmSync(fresh, { force: true })
    const handle = openSync(fresh, 'wx', mode)
    try {
      writeWhole(handle, Buffer.from(content))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(fresh, file)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw unwritable(file, error)
  }
}

/** With all folders above. Not `recursive`: Node 20 then never returns where the kernel refuses with ENOENT, as in /proc. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Another run was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** `writeSync` may write a part without complaint. */
export function writeWhole(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
}

export function unwritable(file: string, cause: unknown): EnvironmentBroken {
  const { code = '', message } = cause as NodeJS.ErrnoException
  const full = code === 'ENOSPC' || code === 'EDQUOT'
  const gone = code === 'ENOENT' && !existsSync(dirname(file))
  return new EnvironmentBroken(
    `${full ? 'The disk is full' : 'Cannot write'}: ${file}\n${rows({
      Got: full ? undefined : gone ? 'its folder is gone: it was removed' : message,
      Next: full
        ? 'make room (nixcumber clean --cache), or choose another place by --out'
        : 'choose another place by --out',
    })}`.trimEnd(),
    { cause },
  )
}
