import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endAll } from './process-group.ts'

/** Where code is broken: copies of the tree, never the tree. */
export interface Workplace {
  /** The tree with all mutants in it. */
  readonly mutated: string
  /** The tree as it is, for the types. */
  readonly typed: string
  /** What tests write goes here. */
  readonly temporary: string
  [Symbol.dispose](): void
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Gone, with all that runs in it, when it is disposed of or this process ends, by Ctrl-C too. */
export function openWorkplace(root: string): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'))
  // Some tests look at their files as another user.
  chmodSync(folder, 0o755)
  const gone = (): void => {
    endAll()
    rmSync(folder, { recursive: true, force: true })
  }
  const stop = (): never => process.exit(130)
  process.once('exit', gone)
  for (const signal of SIGNALS) process.once(signal, stop)
  const [mutated, typed, temporary] = [join(folder, 'mutated'), join(folder, 'typed'), join(folder, 't')]
  for (const copy of [mutated, typed]) copyTree(root, copy)
  mkdirSync(temporary)
  return {
    ...{ mutated, typed, temporary },
    [Symbol.dispose]() {
      gone()
      process.off('exit', gone)
      for (const signal of SIGNALS) process.off(signal, stop)
    },
  }
}

/** What git knows or would take, as a repository; packages are lent. */
function copyTree(root: string, to: string): void {
  const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
  const files = list.split('\0').filter(file => file !== '' && existsSync(join(root, file)))
  for (const file of files) cpSync(join(root, file), join(to, file), { verbatimSymlinks: true })
  symlinkSync(realpathSync(join(root, 'node_modules')), join(to, 'node_modules'))
  for (const words of [['init'], ['add', '--all']]) execFileSync('git', words, { cwd: to, stdio: 'ignore' })
}

export const write = (folder: string, files: readonly { readonly name: string; readonly content: string }[]): void => {
  for (const { name, content } of files) writeFileSync(join(folder, name), content)
}
