import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { systemClock } from '../../core/time/clock.ts'
import { seconds } from '../../core/time/duration.ts'
import type { WrappedCommand } from '../../nix/toolchain.ts'
import { STATE_VARIABLE } from './runtime-dir.ts'

/** How a process ended. Behind a wrapper a signal shows as 128 plus its number. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/**
 * A program in a process group (and session) of its own, so that the terminal's Ctrl-C is the runner's alone to handle,
 * and that all of it can be killed at once. When the runner dies the kernel kills the program (prctl(2), PR_SET_PDEATHSIG).
 */
export class ProcessGroup implements AsyncDisposable {
  readonly #child: ChildProcessWithoutNullStreams
  /** Resolves when the program is gone and so is everybody who held its output. */
  readonly ended: Promise<ProcessEnd>
  #end: ProcessEnd | undefined
  #failure: string | undefined

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child
    this.ended = new Promise(resolve => {
      child.on('error', error => {
        this.#failure = error.message
        // It never ran: no exit will be told.
        if (child.pid === undefined) this.#end = { code: 127, signal: null }
        resolve({ code: 127, signal: null })
      })
      child.on('close', (code, signal) => resolve({ code, signal }))
    })
    child.on('exit', (code, signal) => {
      this.#end = { code, signal }
    })
    child.stdin.on('error', () => {})
  }

  static start(command: WrappedCommand, runtimeDir: string): ProcessGroup {
    const { file, args, options } = command
    const [first, ...rest] = [...dieWithRunner(), file, ...args]
    const env = { ...options.env, [STATE_VARIABLE]: runtimeDir }
    return new ProcessGroup(spawn(first ?? file, rest, { cwd: options.cwd, env, detached: true, stdio: 'pipe' }))
  }

  get pid(): number | undefined {
    return this.#child.pid
  }
  get stdin(): Writable {
    return this.#child.stdin
  }
  get stdout(): Readable {
    return this.#child.stdout
  }
  get stderr(): Readable {
    return this.#child.stderr
  }
  /** Undefined while it runs. */
  get end(): ProcessEnd | undefined {
    return this.#end
  }

  /** Why it could not be started, in the words of the system. */
  get failure(): string | undefined {
    return this.#failure
  }

  /** Kills the whole group and waits until it is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.pid !== undefined) killGroup(this.pid)
    // A helper that left the group may still hold the output: the watchdog's business, not worth waiting for.
    const gaveUp = new AbortController()
    await Promise.race([this.ended, systemClock.wait(seconds(5), gaveUp.signal).catch(() => {})])
    gaveUp.abort()
  }
}

let setpriv: readonly string[] | undefined

/** Words before a command: the kernel kills it when we die. util-linux' setpriv where there is one; without it the watchdog alone does the work. */
export function dieWithRunner(): readonly string[] {
  const words = ['setpriv', '--pdeathsig', 'KILL', '--']
  setpriv ??= spawnSync('setpriv', [...words.slice(1), 'true']).status === 0 ? words : []
  return setpriv
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // Gone already.
  }
}
