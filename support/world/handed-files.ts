/** The values of all files that a run hands over to its machines: read once, before anything is built, and masked from then on. */
import { type HandedFile, readGuestFile } from '../core/guest-file.ts'
import { maskFromNowOn, secretTexts } from '../core/handed-secrets.ts'
import { flakeThatCopies } from './copied-by-nix.ts'
import type { MachineSettings } from './settings.ts'

/** By the name of the machine. */
export type HandedFiles = ReadonlyMap<string, readonly HandedFile[]>

/**
 * @param note told of what the user should know of a value: that others can read it, or that it cannot be masked
 * @throws UsageError for a file that cannot be read, and for a variable that is not set
 */
export function readHandedFiles(
  machines: Readonly<Record<string, MachineSettings>>,
  env: Readonly<Record<string, string | undefined>>,
  note: (text: string) => void,
): HandedFiles {
  const read = Object.entries(machines).flatMap(([name, { address, files = [] }]) =>
    // For one that is booted from the flake; `--machine` may have put a live host in its place.
    files.length === 0 || address !== undefined
      ? []
      : [[name, files.map(file => readGuestFile(name, file, env, note))] as const],
  )
  for (const [name, files] of read)
    for (const { path, from, content } of files) {
      const flake = 'file' in from ? flakeThatCopies(from.file) : undefined
      if ('file' in from && flake !== undefined)
        note(`Nix copies ${from.file} into its store with the flake in ${flake}: keep it elsewhere`)
      const texts = secretTexts(content)
      maskFromNowOn(texts)
      if (texts.length === 0) note(`${path} of ${name} is too short to be masked in what the run says`)
    }
  return new Map(read)
}
