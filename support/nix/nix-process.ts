import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import type { ProgressTask } from '../core/progress.ts'
import { withoutUrlSecrets } from '../core/secrets/redact.ts'
import { derivationName, type LogEvent, LogReader } from './log-event.ts'
import type { Toolchain } from './toolchain.ts'

export type Message = Extract<LogEvent, { kind: 'message' }>

/** Everything one Nix process said, sorted. */
export interface NixOutcome {
  /** Undefined when a signal ended it or it could not be started. */
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly messages: readonly Message[]
  /** Lines that are not Nix's structured log: a crash, the words of a wrapper. */
  readonly stray: readonly string[]
  /** The last lines of each builder, by derivation name. */
  readonly builders: ReadonlyMap<string, readonly string[]>
  /** Why the program could not be started or was killed, in the words of the system. */
  readonly failure?: string
  readonly logFile?: string
}

export interface NixProcess {
  readonly toolchain: Toolchain
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly writable: readonly string[]
  /** Where the full log goes. */
  readonly logFile?: string
  readonly task?: ProgressTask
  readonly signal?: AbortSignal
}

const ALWAYS = ['--extra-experimental-features', 'nix-command flakes', '--log-format', 'internal-json', '--show-trace']
const LINES_KEPT = 200

/** Runs `nix` to its end. Never throws for what Nix says; `reason.ts` reads that. */
export async function runNix(spec: NixProcess): Promise<NixOutcome> {
  const { file, args, options } = spec.toolchain.wrap(['nix', ...ALWAYS, ...spec.args], {
    cwd: spec.cwd,
    env: spec.env,
    writable: spec.writable,
  })
  const listener = new Listener(spec)
  const child = execa(file, args, {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    buffer: { stderr: false },
    ...(spec.signal ? { cancelSignal: spec.signal } : {}),
  })
  for await (const line of child.iterable({ from: 'stderr' })) listener.line(line)
  const { exitCode, stdout, shortMessage, code, isTerminated } = await child
  await listener.close()
  return {
    ...listener.heard(),
    exitCode,
    stdout,
    ...(code !== undefined || isTerminated ? { failure: code ?? shortMessage ?? 'killed' } : {}),
    ...(spec.logFile ? { logFile: spec.logFile } : {}),
  }
}

/** Functions that are applied are our own, long, and the same every time. */
const shorten = (word: string): string => (word.length > 300 ? `${word.slice(0, 40)}…` : word).replaceAll('\n', ' ')

/** Sorts the lines, writes all of them down and tells the progress. */
class Listener {
  readonly #reader = new LogReader()
  readonly #messages: Message[] = []
  readonly #stray: string[] = []
  readonly #builders = new Map<string, string[]>()
  readonly #names = new Map<number, string>()
  readonly #task: ProgressTask | undefined
  readonly #log: ReturnType<typeof createWriteStream> | undefined
  #counts = ''
  #newest = ''

  constructor({ logFile, task, args }: NixProcess) {
    this.#task = task
    if (!logFile) return
    mkdirSync(join(logFile, '..'), { recursive: true, mode: 0o700 })
    this.#log = createWriteStream(logFile, { mode: 0o600 })
    this.#write(`$ nix ${args.map(shorten).join(' ')}`)
  }

  line(line: string): void {
    const event = this.#reader.read(line)
    if (event === undefined) {
      this.#stray.push(line)
      this.#write(line)
    } else if (event.kind === 'message') {
      this.#messages.push(event)
      this.#write(event.text)
    } else if (event.kind === 'build-starts') this.#buildStarts(event.id, event.derivation)
    else if (event.kind === 'build-line') this.#buildLine(event.id, event.line)
    else if (event.kind === 'activity') {
      this.#write(event.text)
      this.#task?.update(event.text)
    } else if (event.kind === 'builds' && event.expected > 0) {
      this.#counts = `building ${Math.min(event.done + 1, event.expected)} of ${event.expected}`
      this.#tell()
    }
  }

  heard(): Pick<NixOutcome, 'messages' | 'stray' | 'builders'> {
    return { messages: this.#messages, stray: this.#stray, builders: this.#builders }
  }

  close(): Promise<void> {
    const log = this.#log
    return log ? new Promise(done => log.end(done)) : Promise.resolve()
  }

  #buildStarts(id: number, derivation: string): void {
    this.#names.set(id, derivation)
    this.#builders.set(derivation, [])
    this.#newest = derivation
    this.#write(`building ${derivation}`)
    this.#tell()
  }

  #buildLine(id: number, line: string): void {
    const name = this.#names.get(id) ?? derivationName(String(id))
    const lines = this.#builders.get(name) ?? []
    lines.push(line)
    if (lines.length > LINES_KEPT) lines.shift()
    this.#builders.set(name, lines)
    this.#write(`${name}> ${line}`)
  }

  #tell(): void {
    if (this.#newest !== '') this.#task?.update(`${this.#counts || 'building'}: ${this.#newest}`)
  }

  #write(text: string): void {
    this.#log?.write(`${withoutUrlSecrets(text)}\n`)
  }
}
