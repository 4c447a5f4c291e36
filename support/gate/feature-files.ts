/** What says how the host must be: features, steps of the project, its configuration. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { EnvironmentBroken } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'
import { sha256 } from '../nix/contents.ts'
import { oneLine } from './one-line.ts'

/** sha256 by path from the project's folder. @param files absolute paths @throws EnvironmentBroken for one that cannot be read */
export function hashesOf(projectDir: string, files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map(file => [oneLine(relative(projectDir, file)), sha256(read(file))]))
}

/** What was judged are the files that are bound. @throws EnvironmentBroken: no word can be said of what is neither the one nor the other */
export function refuseChangedFiles(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): void {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(name => before[name] !== now[name])
  if (changed.length === 0) return
  throw new EnvironmentBroken(
    `What the host is judged by was changed meanwhile: there is no verdict\n${rows({ Got: changed.toSorted().join('\n') })}`.trimEnd(),
  )
}

function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new EnvironmentBroken(`${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
