/** Files that are handed over to a virtual machine: keys, passwords. Where the value comes from is data; the value itself never is. */
import { readFileSync, statSync } from 'node:fs'
import { refuse } from '../refusal.ts'

export interface GuestFile {
  /** In the machine. */
  readonly path: string
  /** A file of the runner, or the name of an environment variable. */
  readonly from: { readonly file: string } | { readonly variable: string }
  /** Octal digits. */
  readonly mode: string
  /** A user's name or number, and a group's after a colon; root when left out. */
  readonly owner?: string
}

/** One with its value. Kept in memory only. */
export interface HandedFile extends GuestFile {
  readonly content: Buffer
}

/** A key has some kilobytes; all of it is kept in memory. */
const MAX_BYTES = 1024 * 1024

/**
 * @param machine for the message
 * @param note told of a file that every user of this computer may read
 * @throws UsageError for a file that is not there, cannot be read, is empty or too large, and for a variable that is not set
 */
export function readGuestFile(
  machine: string,
  file: GuestFile,
  env: Readonly<Record<string, string | undefined>>,
  note: (text: string) => void,
): HandedFile {
  const content =
    'variable' in file.from
      ? ofVariable(machine, file, file.from.variable, env)
      : ofFile(machine, file, file.from.file, note)
  if (content.length === 0) throw wrong(machine, file, 'it is empty')
  if (content.length > MAX_BYTES) throw wrong(machine, file, `${content.length} bytes, more than ${MAX_BYTES}`)
  return { ...file, content }
}

function ofVariable(
  machine: string,
  file: GuestFile,
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Buffer {
  const value = env[name]
  if (value === undefined)
    throw wrong(machine, file, `the environment variable ${name} is not set`, `export ${name}=…, or name a file`)
  // ssh does not read a key whose last line is open, and shells take the line's end away.
  return Buffer.from(/^-----BEGIN /.test(value) && !value.endsWith('\n') ? `${value}\n` : value)
}

function ofFile(machine: string, file: GuestFile, path: string, note: (text: string) => void): Buffer {
  try {
    const found = statSync(path)
    const { mode, size } = found
    // Of a pipe it would be waited for without end, of a device there may be no end.
    if (!found.isFile()) throw wrong(machine, file, `${path}: ${found.isDirectory() ? 'a folder' : 'no regular file'}`)
    if (size > MAX_BYTES) throw wrong(machine, file, `${size} bytes, more than ${MAX_BYTES}`)
    if (mode & 0o004)
      note(`${path} can be read by every user of this computer, and is handed over to ${machine} as ${file.path}`)
    return readFileSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw wrong(machine, file, `${path}: ${WORDS[code] ?? code}`)
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'may not be read by you',
  ENOTDIR: 'there is no such file',
}

const wrong = (machine: string, { path }: GuestFile, got: string, next?: string) =>
  refuse({
    what: `Nothing can be handed over to machine "${machine}" as ${path}`,
    expected: 'a file that can be read, or an environment variable that is set, of at most 1 MiB',
    got,
    ...(next === undefined ? {} : { next }),
  })
