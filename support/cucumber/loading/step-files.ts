/** The project's own step files: `features/steps/**`, `steps/**`, and what the configuration names. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { refuse } from '../../core/refusal.ts'

const PACKAGE = join(import.meta.dirname, '../../..')
const PROGRAM = /(?<!\.d|\.test|\.spec)\.[cm]?[jt]s$/

/** Absolute, sorted within each folder. */
export function stepFiles(projectDir: string, further: readonly string[]): string[] {
  const usual = ['features/steps', 'steps'].map(folder => join(projectDir, folder)).filter(existsSync)
  const named = further.map(path => resolve(projectDir, path))
  const missing = named.find(path => !existsSync(path))
  if (missing)
    throw refuse({
      what: `There are no steps at ${missing}`,
      expected: 'a file or a folder, named by "steps" in the configuration',
      got: missing,
    })
  const files = [...usual, ...named].flatMap(programs)
  // In a clone of nixcumber its own steps are in the usual place, and loaded already.
  return [...new Set(files)].filter(file => !file.startsWith(join(PACKAGE, 'steps/')))
}

const programs = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter(file => PROGRAM.test(file) && !file.includes('node_modules/'))
        .sort()
        .map(file => join(path, file))
    : [path]
