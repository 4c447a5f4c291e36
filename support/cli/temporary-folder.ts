import { accessSync, constants, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { EnvironmentBroken } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'

/** Commands that only read records and features. */
const READERS: ReadonlySet<string> = new Set(['compare', 'machines', 'merge', 'steps'])

/**
 * What of a run is not kept lies in the system's folder for temporary files, and Nix is started there.
 * @throws EnvironmentBroken where that is no folder, or may not be written to
 */
export function checkTemporaryFolder(command: string, folder = tmpdir()): void {
  if (READERS.has(command) || canWriteTo(folder)) return
  throw new EnvironmentBroken(
    `There is no folder for temporary files\n${rows({
      Expected: 'a folder that this user may write to',
      Got: `${folder} (${['TMPDIR', 'TMP', 'TEMP'].find(name => process.env[name]) ?? 'the default'})`,
      Next: 'unset TMPDIR, or let it name one',
    })}`.trimEnd(),
  )
}

function canWriteTo(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}
