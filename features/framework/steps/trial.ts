/** One try of nixcumber's own front door: a project in a folder of its own, a command, and what came of it. */
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { minutes, type NixWorld } from 'nixcumber'
import { notMet } from './not-met.ts'

export const ROOT = join(import.meta.dirname, '../../..')
export const BIN = join(ROOT, 'bin/nixcumber.js')

/** Of one command; several machines may boot in it, one after the other, on a slow computer. */
const LIMIT = minutes(25)

export interface Ended {
  readonly exitCode: number
  /** Both streams. */
  readonly output: string
  readonly lastLine: string
  readonly seconds: number
}

/** What is typed after which words; a function is called at that moment. */
type Turn = readonly [said: string, typed: string | (() => string)]

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

  /** @param words `<folder>` is that of the project, wherever a word has it */
  call(words: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
    return this.exec(process.execPath, [BIN, ...split(words.replaceAll('<folder>', this.folder))], env)
  }

  async exec(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
    await this.#follow(spawn(file, args, { cwd: this.folder, env: context(env) }))
  }

  /** Starts it in a process group of its own and sends the signal to all of that, as a terminal does, when it has said the words. */
  async interrupt(
    words: string,
    said: string,
    signals: readonly NodeJS.Signals[],
    before: () => void = () => {},
  ): Promise<void> {
    const options = { cwd: this.folder, env: context(), detached: true }
    const child = spawn(process.execPath, [BIN, ...split(words)], options)
    const sent = [...signals]
    await this.#follow(child, output => {
      if (!output.includes(said) || sent.length === 0 || !child.pid) return
      before()
      process.kill(-child.pid, sent.shift())
    })
  }

  /** Calls it at a terminal, script(1)'s; what is typed goes out when the words before it have been said since the last. */
  async atTerminal(words: string, turns: readonly Turn[]): Promise<void> {
    const call = [process.execPath, BIN, ...split(words)].map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
    const child = spawn('script', ['-qfec', call, '/dev/null'], { cwd: this.folder, env: context() })
    let from = 0
    const left = [...turns]
    await this.#follow(child, output => {
      const [said, typed] = left[0] ?? ['', '']
      const at = said === '' ? -1 : output.indexOf(said, from)
      if (at < 0) return
      from = at + said.length
      left.shift()
      child.stdin.write(typeof typed === 'string' ? typed : typed())
    })
  }

  /** Keeps what it says, and how it ends. @throws ExpectationNotMet when it hangs */
  async #follow(child: ChildProcessWithoutNullStreams, heard?: (output: string) => void): Promise<void> {
    const start = performance.now()
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
    const output = (): string => stdout() + stderr()
    for (const stream of [child.stdout, child.stderr]) stream.on('data', () => heard?.(output()))
    const exitCode = await ending(child, output)
    this.#ended = {
      exitCode,
      output: output(),
      lastLine: last(stdout()),
      seconds: (performance.now() - start) / 1000,
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** What came so far, as it is read at a terminal. */
function collect(stream: Readable): () => string {
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
  return () => stripVTControlCharacters(Buffer.concat(chunks).toString()).replaceAll('\r\n', '\n')
}

async function ending(child: ChildProcess, output: () => string): Promise<number> {
  // The run that this is a part of may be stopped first.
  const end = (): void => void child.kill()
  process.once('exit', end)
  try {
    const [exitCode] = (await once(child, 'close', { signal: AbortSignal.timeout(LIMIT.ms) })) as [number | null]
    return exitCode ?? -1
  } catch (error) {
    child.kill('SIGKILL')
    if (!(error instanceof Error && error.name === 'AbortError')) throw error
    throw notMet('The command', `to end within ${LIMIT.ms / 60_000} minutes`, 'it still ran', output())
  } finally {
    process.off('exit', end)
  }
}

/** Colours and the outer run's environment must not decide what is said. */
const context = (env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
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
