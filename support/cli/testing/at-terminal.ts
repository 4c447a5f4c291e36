/** nixcumber at a terminal of its own, script(1)'s, for tests that type and resize. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { argv, quote } from '../../core/command.ts'
import { until } from '../../machine/testing/processes.ts'

const BIN = join(import.meta.dirname, '../../../bin/nixcumber.js')

export class AtTerminal implements Disposable {
  readonly ended: Promise<number>
  readonly #child: ChildProcessWithoutNullStreams
  #output = ''

  static readonly isPossible = existsSync('/usr/bin/script')

  /** Of 33 rows and 111 columns. */
  constructor(words: readonly string[], term: string) {
    const call = argv(process.execPath, BIN, ...words).script
    const command = `tty; stty rows 33 cols 111; exec ${call}`
    this.#child = spawn('script', ['-qfec', `sh -c ${quote(command)}`, '/dev/null'], {
      env: { ...process.env, TERM: term, NO_COLOR: '1' },
    })
    this.#child.stdin.on('error', () => {})
    this.#child.stdout.on('data', (bytes: Buffer) => {
      this.#output += bytes
    })
    this.ended = once(this.#child, 'close').then(([code]) => code as number)
  }

  /** What is on it, without escape codes. */
  get output(): string {
    return stripVTControlCharacters(this.#output).replaceAll('\r\n', '\n')
  }

  type(keys: string): void {
    this.#child.stdin.write(keys)
  }

  shows(pattern: RegExp): Promise<boolean> {
    return until(() => pattern.test(this.output))
  }

  /** As a window that is pulled at its corner: the kernel tells the foreground process. */
  resize(rows: number, columns: number): void {
    const [tty = ''] = /\/dev\/pts\/\d+/.exec(this.output) ?? []
    spawnSync('stty', ['-F', tty, 'rows', String(rows), 'cols', String(columns)])
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGKILL')
  }
}
