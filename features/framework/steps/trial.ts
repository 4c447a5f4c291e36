/** One try of nixcumber's own front door: a project in a folder of its own, a command, and what came of it. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { NixWorld } from 'nixcumber'

export const ROOT = join(import.meta.dirname, '../../..')
export const BIN = join(ROOT, 'bin/nixcumber.js')

export interface Ended {
  readonly exitCode: number
  /** Both streams. */
  readonly output: string
  readonly lastLine: string
  readonly seconds: number
}

export class Trial implements Disposable {
  /** Not below the clone: a project must not find what belongs to nixcumber. */
  readonly folder = mkdtempSync(join(tmpdir(), 'nixcumber-trial-'))
  #ended: Ended | undefined
  /** A command that did not end well is a failure until the scenario has spoken of it. */
  expected = false

  write(file: string, text: string): void {
    const path = join(this.folder, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${text}\n`)
  }

  copySuite(name: string): void {
    cpSync(join(ROOT, 'fixtures/suites', name), this.folder, { recursive: true })
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8')
  }

  get ended(): Ended {
    if (!this.#ended) throw new Error('Nothing was called yet: begin with `When nixcumber is called with …`')
    return this.#ended
  }

  get failedUnnoticed(): boolean {
    return this.#ended !== undefined && this.#ended.exitCode !== 0 && !this.expected
  }

  call(words: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
    return this.exec(process.execPath, [BIN, ...split(words)], env)
  }

  async exec(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
    const start = performance.now()
    const options = { cwd: this.folder, env: surroundings(env), maxBuffer: 64 * 1024 * 1024 }
    this.#ended = await new Promise(resolve =>
      execFile(file, args, options, (error, stdout, stderr) =>
        resolve({
          exitCode: error ? (typeof error.code === 'number' ? error.code : -1) : 0,
          output: stdout + stderr,
          lastLine: last(stdout),
          seconds: (performance.now() - start) / 1000,
        }),
      ),
    )
  }

  /** Starts it in a process group of its own and sends the signal to all of that, as a terminal does, when it has said the words. */
  async interrupt(
    words: string,
    said: string,
    signals: readonly NodeJS.Signals[],
    before: () => void = () => {},
  ): Promise<void> {
    const start = performance.now()
    const child = spawn(process.execPath, [BIN, ...split(words)], {
      cwd: this.folder,
      env: surroundings(),
      detached: true,
    })
    let output = ''
    const sent = [...signals]
    const listen = (chunk: Buffer): void => {
      output += chunk
      if (!output.includes(said) || sent.length === 0 || !child.pid) return
      before()
      process.kill(-child.pid, sent.shift())
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    const [exitCode] = (await once(child, 'close')) as [number | null]
    this.#ended = {
      exitCode: exitCode ?? -1,
      output,
      lastLine: last(output),
      seconds: (performance.now() - start) / 1000,
    }
  }

  /** Calls it at a terminal, script(1)'s; what is typed goes out when the words before it have been said since the last. */
  async atTerminal(words: string, turns: readonly (readonly [said: string, typed: string])[]): Promise<void> {
    const start = performance.now()
    const call = [process.execPath, BIN, ...split(words)].map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
    const child = spawn('script', ['-qfec', call, '/dev/null'], { cwd: this.folder, env: surroundings() })
    let output = ''
    let from = 0
    const left = [...turns]
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk
      const [said, typed] = left[0] ?? ['', '']
      const at = said === '' ? -1 : output.indexOf(said, from)
      if (at < 0) return
      from = at + said.length
      left.shift()
      child.stdin.write(typed)
    })
    const [exitCode] = (await once(child, 'close')) as [number | null]
    const plain = stripVTControlCharacters(output).replaceAll('\r\n', '\n')
    this.#ended = {
      exitCode: exitCode ?? -1,
      output: plain,
      lastLine: last(plain),
      seconds: (performance.now() - start) / 1000,
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Colours and the outer run's environment must not decide what is said. */
const surroundings = (env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  FORCE_COLOR: undefined,
  NO_COLOR: '1',
  ...env,
})

const last = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

/** Words by blanks; single quotes keep blanks. */
const split = (words: string): string[] =>
  [...words.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')

const trials = new WeakMap<NixWorld, Trial>()

export function trialOf(world: NixWorld): Trial {
  const trial = trials.get(world) ?? new Trial()
  trials.set(world, trial)
  return trial
}

export const endTrial = (world: NixWorld): Trial | undefined => trials.get(world)
