/** The values of all files that a run hands over to its machines: read once, before anything is built, and masked from then on. */
import { UsageError } from '../../core/errors.ts'
import { maskFromNowOn, secretTexts } from '../../core/secrets/handed-secrets.ts'
import { type HandedFile, readGuestFile } from '../../core/values/guest-file.ts'
import type { MachineSettings } from '../settings.ts'
import { flakeThatCopies } from './copied-by-nix.ts'

/** By the name of the machine. */
export interface HandedFiles {
  /** @throws UsageError for a machine whose files could not all be had */
  of(machine: string): readonly HandedFile[]
}

export const NOTHING_HANDED: HandedFiles = { of: () => [] }

export interface Reading {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Machines that are certain to be used. What the others lack is refused when one is used after all, as by a project's own step. */
  readonly used: readonly string[]
  /** Told of what the user should know of a value: that others can read it, or that it cannot be masked. */
  note(text: string): void
}

/** @throws UsageError for a file of a used machine that cannot be read, and for a variable that is not set */
export function readHandedFiles(
  machines: Readonly<Record<string, MachineSettings>>,
  { env, used, note }: Reading,
): HandedFiles {
  const known = new Map<string, readonly HandedFile[] | UsageError>()
  for (const [name, { address, files = [] }] of Object.entries(machines)) {
    // For one that is booted from the flake; `--machine` may have put a live host in its place.
    if (files.length === 0 || address !== undefined) continue
    const read = orRefusal(() => files.map(file => readGuestFile(name, file, env, note)))
    if (read instanceof UsageError && used.includes(name)) throw read
    if (!(read instanceof UsageError)) for (const file of read) mask(name, file, note)
    known.set(name, read)
  }
  return {
    of(machine) {
      const files = known.get(machine) ?? []
      if (files instanceof UsageError) throw files
      return files
    },
  }
}

function orRefusal<Value>(read: () => Value): Value | UsageError {
  try {
    return read()
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
}

function mask(machine: string, { path, from, content }: HandedFile, note: (text: string) => void): void {
  const flake = 'file' in from ? flakeThatCopies(from.file) : undefined
  if ('file' in from && flake !== undefined)
    note(`Nix copies ${from.file} into its store with the flake in ${flake}: keep it elsewhere`)
  const texts = secretTexts(content)
  maskFromNowOn(texts)
  if (texts.length === 0) note(`${path} of ${machine} is too short to be masked in what the run says`)
}
