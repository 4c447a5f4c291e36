import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { ProgressTask } from '../../core/progress.ts'
import { nixEnvironment } from '../nix-environment.ts'
import { type NixOutcome, runNix } from '../nix-process.ts'
import { nixError } from '../reason/nix-error.ts'
import { readReason } from '../reason/reason.ts'
import { SourceMap } from '../reason/source-map.ts'
import type { Toolchain } from '../toolchain.ts'
import { type FlakeMetadata, metadataSchema, toMetadata } from './flake-metadata.ts'

/** What is evaluated: an output of a flake, purely, or an expression, impurely (it may read files and NIX_PATH). */
export type Target =
  | {
      readonly flake: string
      readonly output: string
      readonly inputs?: InputOverrides
      readonly lock?: LockUse
    }
  | { readonly expression: string }

/** Another flake reference for an input, by its path such as `flake-parts` or `subject/nixpkgs`. */
export type InputOverrides = Readonly<Record<string, string>>

/**
 * `completed`: what the lock does not say yet is found out, and not written. `as it is`: a lock that would change is refused; it cannot
 * be had with inputs that are replaced.
 */
export type LockUse = 'completed' | 'as it is'

export interface Question {
  /** Completes "… : reason" when it goes wrong: `host "t14" does not evaluate`. */
  readonly subject: string
  /** The user's files, so that reasons speak of those. Asked for only when there is a reason. */
  readonly sources?: () => Promise<SourceMap>
  readonly task?: ProgressTask
  /** Folders that Nix writes into: where links to results go. */
  readonly writable?: readonly string[]
  /** Further settings of Nix: those of the flake's `nixConfig` that are heeded. */
  readonly settings?: readonly string[]
  /** `NIX_SSHOPTS` of this call, instead of the user's: how ssh reaches the other store. */
  readonly ssh?: readonly string[]
  readonly signal?: AbortSignal
}

export interface Evaluation {
  readonly value: unknown
  /** What the configuration warned about, deprecated options for instance. */
  readonly warnings: readonly string[]
  readonly logFile: string
}

export interface NixSettings {
  readonly toolchain: Toolchain
  /** Folder for the full logs, one file a process. */
  readonly logDir: string
  /** nixcumber's cache; Nix's own cache is in it where the user's is none of its business. */
  readonly cacheDir: string
  /** No network at all: no substituter, no registry, no second attempt. */
  readonly offline: boolean
  /** `NIX_PATH` entries for configurations without a flake. */
  readonly nixPath?: Readonly<Record<string, string>>
}

/** Asks Nix and builds with it; knows nothing of hosts or machines. Never writes a lock file. */
export class Nix {
  readonly #settings: NixSettings
  #runs = 0

  constructor(settings: NixSettings) {
    this.#settings = settings
  }

  get toolchain(): Toolchain {
    return this.#settings.toolchain
  }

  /**
   * Evaluates and returns plain data. `apply` is a Nix function for the value found.
   * @throws NixRefused for the configuration's fault, NixUnavailable for the surroundings'
   */
  async eval(target: Target, question: Question, apply?: string): Promise<Evaluation> {
    const outcome = await this.#run(
      'eval',
      ['--json', ...targetArguments(target), ...(apply === undefined ? [] : ['--apply', apply])],
      question,
    )
    return { value: parseOutput(outcome), warnings: warnings(outcome), logFile: outcome.logFile ?? '' }
  }

  /** Builds a derivation that is in the store already, and keeps it from being collected by the link. */
  async build(drvPath: string, link: string, question: Question): Promise<string> {
    const outcome = await this.#run('build', ['--json', '--out-link', link, `${drvPath}^out`], {
      ...question,
      writable: [dirname(link)],
    })
    const [first] = buildSchema.parse(parseOutput(outcome))
    if (!first) throw new EnvironmentBroken(`${question.subject}: Nix built nothing of ${drvPath}`)
    return first.outputs.out
  }

  /** Keeps what is in the store from being collected, by the link. */
  async keep(path: string, link: string, question: Question): Promise<void> {
    await this.#run('build', ['--out-link', link, path], { ...question, writable: [dirname(link)] })
  }

  /**
   * What lies in a path's closure, in Nix's own words.
   * @param store another store than this computer's: `ssh-ng://host`. @throws as `eval` does, also when the path is not there
   */
  async closure(path: string, question: Question, store?: string): Promise<unknown> {
    const where = store === undefined ? [] : ['--store', store]
    return parseOutput(await this.#run('path-info', ['--json', '--recursive', ...where, path], question))
  }

  /** Copies a path's closure into another store, which takes unsigned paths when it trusts the one who logs in (nix3-copy(1)). */
  async copy(path: string, store: string, question: Question): Promise<void> {
    await this.#run('copy', ['--no-check-sigs', '--to', store, path], question)
  }

  /** Revision, hash and inputs of a flake, without writing its lock file. */
  async metadata(flake: string, inputs: InputOverrides, question: Question, lock?: LockUse): Promise<FlakeMetadata> {
    const outcome = await this.#run('flake metadata', ['--json', ...flakeArguments(inputs, lock), flake], question)
    return toMetadata(metadataSchema.parse(parseOutput(outcome)))
  }

  /** A setting as Nix has it here, of all its files and the environment; undefined where it cannot say. Before Nix 2.20 the command was another. */
  async setting(name: string, question: Question): Promise<string | undefined> {
    for (const verb of ['config show', 'show-config']) {
      const told = await this.#run(verb, [name], question).catch(() => undefined)
      if (told) return told.stdout.trim()
    }
    return undefined
  }

  /**
   * Downloads and reads a path's whole closure in a binary cache, and looks whether each path bears a signature of the key
   * (nix3-store-verify(1)). What it says is for its reader: it throws for nothing.
   */
  verifyClosure(path: string, { url, key }: { url: string; key: string }, question: Question): Promise<NixOutcome> {
    const trusted = ['--option', 'trusted-public-keys', key, '--sigs-needed', '1']
    return this.#outcome('store verify', ['--store', url, ...trusted, ...AFRESH, '--recursive', path], question)
  }

  async #run(verb: string, args: readonly string[], question: Question): Promise<NixOutcome & { logFile: string }> {
    const outcome = await this.#outcome(verb, args, question)
    if (outcome.exitCode === 0) return outcome
    const sources = (await question.sources?.()) ?? new SourceMap({})
    throw nixError(question.subject, readReason(outcome, sources, this.#settings.offline), outcome.logFile)
  }

  async #outcome(verb: string, args: readonly string[], question: Question): Promise<NixOutcome & { logFile: string }> {
    const { toolchain, logDir, cacheDir, offline, nixPath } = this.#settings
    this.#runs += 1
    const logFile = join(logDir, `${String(this.#runs).padStart(3, '0')}-${verb.replaceAll(' ', '-')}.log`)
    const outcome = await runNix({
      toolchain,
      args: [
        ...verb.split(' '),
        ...(offline ? ['--offline', '--option', 'flake-registry', ''] : []),
        ...(question.settings ?? []),
        ...args,
      ],
      env: {
        ...nixEnvironment({
          origin: toolchain.origin,
          impure: args.includes('--impure'),
          cacheDir,
          ...(nixPath ? { nixPath } : {}),
        }),
        ...(question.ssh ? { NIX_SSHOPTS: question.ssh.join(' ') } : {}),
      },
      cwd: tmpdir(),
      writable: [cacheDir, ...(question.writable ?? [])],
      logFile,
      ...(question.task ? { task: question.task } : {}),
      ...(question.signal ? { signal: question.signal } : {}),
    })
    return { ...outcome, logFile }
  }
}

/** What Nix remembers of a cache may be stale (nix.conf(5)). */
const AFRESH = ['--option', 'narinfo-cache-positive-ttl', '0', '--option', 'narinfo-cache-negative-ttl', '0']

const buildSchema = z.array(z.object({ outputs: z.object({ out: z.string() }) }))

const flakeArguments = (inputs: InputOverrides, lock: LockUse = 'completed'): string[] => [
  // Both together, Nix only warns of a lock that would change.
  lock === 'as it is' ? '--no-update-lock-file' : '--no-write-lock-file',
  ...Object.entries(inputs).flatMap(([path, reference]) => ['--override-input', path, reference]),
]

function targetArguments(target: Target): string[] {
  if ('expression' in target) return ['--impure', '--expr', target.expression]
  return [...flakeArguments(target.inputs ?? {}, target.lock), `${target.flake}#${target.output}`]
}

function parseOutput({ stdout }: NixOutcome): unknown {
  try {
    return JSON.parse(stdout)
  } catch (cause) {
    throw new EnvironmentBroken(`Nix answered no JSON: ${stdout.slice(0, 200)}`, { cause })
  }
}

/** NixOS prints its warnings by `builtins.trace` or `builtins.warn`; a plain `warning:` is Nix's own, about its settings and this computer. */
export const warnings = ({ messages }: Pick<NixOutcome, 'messages'>): string[] =>
  messages
    .map(({ text }) => /^(?:trace: (?:evaluation )?|evaluation )warning: ([\s\S]*)/.exec(text)?.[1])
    .filter(text => text !== undefined)
