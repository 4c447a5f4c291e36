import { join } from 'node:path'
import { execa } from 'execa'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { ProgressTask } from '../../core/progress.ts'
import { rows, tail } from '../../core/text/text.ts'
import type { Programs } from '../toolchain.ts'

/** Where the base of the offline machines is made. */
export class BuildDir {
  /** What is kept. */
  readonly folder: string
  /** The tree of files that its packages were unpacked to; gone in the end. */
  readonly root: string
  readonly task: ProgressTask
  readonly #programs: Programs

  constructor(folder: string, programs: Programs, task: ProgressTask) {
    this.folder = folder
    this.root = join(folder, 'root')
    this.task = task
    this.#programs = programs
  }

  /** Runs a program; gives what it printed. @throws EnvironmentBroken when it fails */
  readonly run = async (...argv: readonly [string, ...string[]]): Promise<string> => {
    const { file, args, options } = this.#programs.wrap(argv, { cwd: '/', writable: [this.folder] })
    const { exitCode, stdout, stderr } = await execa(file, args, { ...options, reject: false, stdin: 'ignore' })
    if (exitCode === 0) return stdout
    throw new EnvironmentBroken(
      `The base of the offline machines could not be made\n${rows({ Command: argv.join(' '), Reason: tail(stderr, 5) })}`.trimEnd(),
    )
  }
}
