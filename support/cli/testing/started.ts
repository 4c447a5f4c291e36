/** nixcumber started in a project of its own, for tests that break what goes on around it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, minutes } from '../../core/time/duration.ts'
import { ownerOf, runtimeDirs } from '../../machine/runtime/runtime-dir.ts'

const BIN = join(import.meta.dirname, '../../../bin/nixcumber.js')

export class Project implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'nixcumber-project-'))

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true })
    writeFileSync(join(this.folder, file), text)
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8')
  }

  start(words: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
    return new Started(this.folder, words, env)
  }

  /** The folders of its runs, in the order of their names. */
  get runs(): string[] {
    const runs = join(this.folder, '.nixcumber/runs')
    if (!existsSync(runs)) return []
    const names = readdirSync(runs).filter(name => name !== 'latest')
    return names.sort().map(name => join('.nixcumber/runs', name))
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** A process that is killed with everything below it when the test is over. */
export class Started implements Disposable {
  readonly ended: Promise<number | null>
  readonly #child: ChildProcessWithoutNullStreams
  #output = ''

  constructor(folder: string, words: readonly string[], env: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, [BIN, ...words], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1', ...env },
    })
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream.on('data', (bytes: Buffer) => {
        this.#output += bytes
      })
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null)
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get output(): string {
    return this.#output
  }

  /** Waits until it has said so. */
  async says(text: string): Promise<void> {
    const deadline = Deadline.after(minutes(2))
    while (!this.#output.includes(text)) {
      if (deadline.expired || this.#child.exitCode !== null)
        throw new Error(`It never said "${text}":\n${this.#output}`)
      await systemClock.wait(milliseconds(20))
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Where its machines have their sockets and disks. */
  get stateDirs(): string[] {
    return runtimeDirs().filter(path => ownerOf(path).startsWith(`${this.pid} `))
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGKILL')
  }
}
