import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duplex } from 'node:stream'
import { StreamConsole } from '../../console/stream-console.ts'

/** A console with a login on a real terminal of the runner, without a machine; see getty.sh. */
export class Getty implements AsyncDisposable {
  readonly console: StreamConsole
  readonly #folder: string
  readonly #child: ChildProcess

  private constructor(folder: string, child: ChildProcess, stream: Duplex) {
    this.#folder = folder
    this.#child = child
    this.console = new StreamConsole({ stream, transcriptFile: join(folder, 'console.log') })
  }

  static readonly isPossible = existsSync('/usr/bin/script')

  static async start(password?: string): Promise<Getty> {
    const folder = await mkdtemp(join(tmpdir(), 'nixcumber-getty-'))
    if (password !== undefined) writeFileSync(join(folder, 'password'), password)
    const command = `bash ${join(import.meta.dirname, 'getty.sh')} ${folder}`
    const child = spawn('script', ['-qfc', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'], detached: true })
    child.stdin.on('error', () => {})
    return new Getty(folder, child, Duplex.from({ readable: child.stdout, writable: child.stdin }))
  }

  /** The kernel speaks; `rude` without its time stamp, so that nothing tells it from an answer. */
  disturb(how: 'noise' | 'rude' = 'noise'): () => void {
    const file = join(this.#folder, how)
    writeFileSync(file, '')
    return () => rmSync(file, { force: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL')
    await this.console[Symbol.asyncDispose]()
  }
}
