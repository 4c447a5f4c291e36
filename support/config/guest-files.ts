/** `machines.NAME.files` of a configuration: what is handed over to a machine, checked as far as words go. */
import { posix, resolve } from 'node:path'
import { refuse } from '../core/refusal.ts'
import type { GuestFile } from '../core/values/guest-file.ts'
import type { HandedEntry } from './machine-entry.ts'

/** As a key is wanted by sshd, sops and age: its owner's alone. */
const MODE = '0400'
/** Nothing can be put there: Nix's store, and what the kernel shows. */
const NOT_THERE = /^\/(?:nix\/store|proc|sys|dev)(?:\/|$)/

/**
 * @param machine for messages
 * @param folder where relative paths of the runner start
 * @throws UsageError for a path in the machine that cannot be, and for a value that comes from nowhere or from two places
 */
export const guestFiles = (
  machine: string,
  files: Readonly<Record<string, HandedEntry>>,
  folder: string,
): GuestFile[] =>
  Object.entries(files).map(([path, entry]) => {
    refusePath(machine, path)
    const { file, env, mode, owner } = typeof entry === 'string' ? { file: entry } : { ...NOTHING, ...entry }
    const from = env === undefined ? { file: resolve(folder, file ?? '') } : { variable: variable(machine, path, env) }
    if ((file === undefined) === (env === undefined))
      throw refuse({
        what: `The file ${path} of machine "${machine}" has ${file === undefined ? 'no value' : 'two values'}`,
        expected: "a path of this computer, { file: 'PATH' } or { env: 'VARIABLE' }",
      })
    return { path, from, mode: (mode ?? MODE).padStart(4, '0'), ...(owner === undefined ? {} : { owner }) }
  })

const NOTHING: { file?: string; env?: string; mode?: string; owner?: string } = {}

function refusePath(machine: string, path: string): void {
  const isPlain = posix.isAbsolute(path) && posix.normalize(path) === path && !/[\s/]$/.test(path)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is refused.
  if (isPlain && !NOT_THERE.test(path) && !/[\u0000-\u001f]/.test(path)) return
  throw refuse({
    what: `Machine "${machine}" cannot have a file ${JSON.stringify(path)}`,
    expected: 'an absolute path in the machine, in its plain form, and not in /nix/store, /proc, /sys or /dev',
    got: path,
  })
}

/** A value in the place of the name would stand in the configuration, and in this very message. */
function variable(machine: string, path: string, name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return name
  throw refuse({
    what: `The file ${path} of machine "${machine}" names no environment variable`,
    expected: 'letters, digits and underscores: the name of the variable, never its value',
  })
}
