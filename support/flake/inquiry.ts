/** How configurations are asked: a flake, or a file without one. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NixcumberError } from '../core/errors.ts'
import type { Progress } from '../core/progress.ts'
import { refuse } from '../core/refusal.ts'
import { heed, readFlakeConfig } from '../nix/evaluate/flake-config.ts'
import type { FlakeMetadata } from '../nix/evaluate/flake-metadata.ts'
import type { InputOverrides, LockUse, Nix, Question, Target } from '../nix/evaluate/nix.ts'
import { nixData, nixString } from '../nix/nix-string.ts'
import type { SourceMap } from '../nix/reason/source-map.ts'
import type { Locator } from './locator.ts'
import { fileOutputs } from './wrapper.ts'
import { type OfflineInputs, offlineInputs } from './written/offline-inputs.ts'
import { folderSources, sourcesOf } from './written/sources.ts'

export interface SubjectOptions {
  readonly nix: Nix
  readonly offline: boolean
  /** Folder for what is generated. */
  readonly scratch: string
  readonly progress: Progress
  /** Ends whatever Nix is doing. */
  readonly signal?: AbortSignal
  /** Left out: the lock may be completed, and evaluation may build. */
  readonly strict?: StrictEvaluation
}

/** Pure, and by the lock as it is. */
export interface StrictEvaluation {
  /** Evaluation may build. */
  readonly importFromDerivation: boolean
}

/** Every answer is asked for once and remembered; what is judged does not change within a run. */
export class Inquiry {
  readonly locator: Locator
  /** For a file whose attribute is one host: that host's name. */
  readonly #single: boolean
  readonly #options: SubjectOptions
  readonly #answers = new Map<string, Promise<unknown>>()

  constructor(locator: Locator, options: SubjectOptions, single: boolean) {
    this.locator = locator
    this.#options = options
    this.#single = single
  }

  /** One of the functions of inspect.nix, applied to all there is. @param subject completes `… : reason` when it goes wrong */
  async ask(what: string, argument: unknown, subject: string): Promise<unknown> {
    const inspect = await inspection()
    const given = argument === undefined ? '' : typeof argument === 'string' ? nixString(argument) : nixData(argument)
    const { target, apply } = await this.#target(`(${inspect}).${what} ${given}`)
    const settings = [...(await this.settings()), ...strictSettings(this.#options.strict)]
    const question = { ...this.#question(subject, true), settings }
    const { value, warnings } = await this.#options.nix.eval(target, question, apply)
    for (const warning of warnings) this.#options.progress.note(`${this.shown} warns: ${warning}`)
    return value
  }

  /** Tells the user something that is no verdict. */
  note(text: string): void {
    this.#options.progress.note(text)
  }

  /** The Nix function applied to all there is. */
  async #target(apply: string): Promise<{ target: Target; apply?: string }> {
    if (this.locator.kind === 'file')
      return { target: { expression: `(${apply}) (${fileOutputs(this.locator, this.#single)})` } }
    const { overrides } = await this.offline()
    return {
      target: { flake: this.locator.reference, output: '.', inputs: overrides, lock: this.#lock(overrides) },
      apply,
    }
  }

  #lock(overrides: InputOverrides): LockUse {
    return this.#options.strict && Object.keys(overrides).length === 0 ? 'as it is' : 'completed'
  }

  /** Reasons speak of the user's files: where Nix put them is only asked when something is wrong. */
  #question(subject: string, mapped: boolean): Question {
    const { nix, signal } = this.#options
    const sources = mapped ? () => this.sources() : async () => folderSources(this.locator, nix.toolchain)
    return { subject, sources, ...(signal && { signal }) }
  }

  /** The user's files, by where Nix has put them. */
  async sources(): Promise<SourceMap> {
    return sourcesOf(this.locator, this.#options.nix.toolchain, () => this.metadata())
  }

  /** Which inputs are real and which are not, and what Nix is to take in their place. */
  offline(): Promise<OfflineInputs> {
    return this.once('offline', async () => {
      const { offline, nix, scratch } = this.#options
      if (!offline || this.locator.kind === 'file') return { overrides: {}, inputs: {} }
      if (!this.locator.folder)
        throw refuse({
          what: `"${this.locator.reference}" cannot be used offline`,
          expected: 'a flake in a folder on this machine',
          next: 'clone it, and name the clone',
        })
      return offlineInputs(nix, this.locator.folder, scratch, this.#question('flake.nix cannot be read', false))
    })
  }

  /** Revision, hash and inputs; undefined for a file. */
  metadata(): Promise<FlakeMetadata | undefined> {
    return this.once('metadata', async () => {
      if (this.locator.kind === 'file') return undefined
      const { overrides } = await this.offline()
      const question = { ...this.#question('the flake cannot be read', false), settings: await this.settings() }
      return this.#options.nix.metadata(this.locator.reference, overrides, question, this.#lock(overrides))
    })
  }

  /** Arguments for Nix that the flake's `nixConfig` asks for and that are heeded; those that are not are told. */
  settings(): Promise<readonly string[]> {
    return this.once('settings', async () => {
      const { locator } = this
      if (locator.kind === 'file') return []
      const { nix, progress } = this.#options
      const question = this.#question('flake.nix cannot be read', false)
      const heeded = await heed(await readFlakeConfig(nix, locator, question), nix, question)
      if (heeded.ignored.length > 0)
        progress.note(
          `${this.shown}: of its nixConfig this is not applied, for your Nix does not trust it (accept-flake-config): ${heeded.ignored.join(', ')}`,
        )
      return heeded.arguments
    })
  }

  /** What the locator is called towards the user. */
  get shown(): string {
    return this.locator.kind === 'file'
      ? this.locator.file
      : `the flake ${this.locator.folder ?? this.locator.reference}`
  }

  /** What was answered before, else what is answered now. */
  once<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(key)
    if (known) return known as Promise<Answer>
    const answer = ask()
    this.#answers.set(key, answer)
    // What the surroundings broke may be asked again.
    answer.catch(error => {
      if (error instanceof NixcumberError && error.exitCode === 3) this.#answers.delete(key)
    })
    return answer
  }
}

/** inspect.nix with its parts in it: one text, for pure evaluation reads no files of ours. */
async function inspection(): Promise<string> {
  const [inspect, layout, entry, ssh] = await Promise.all(
    ['inspect.nix', 'layout/layout.nix', 'entry/entry.nix', 'wrapper/ssh.nix'].map(file =>
      readFile(join(import.meta.dirname, file), 'utf8'),
    ),
  )
  return `(${inspect}) (${layout}) ((${entry}) (${ssh}))`
}

/** After what the flake and the user ask for, so that they win. */
const strictSettings = (strict: StrictEvaluation | undefined): readonly string[] =>
  strict === undefined
    ? []
    : [
        ...['--option', 'pure-eval', 'true', '--option', 'accept-flake-config', 'false'],
        ...['--option', 'allow-import-from-derivation', String(strict.importFromDerivation)],
      ]
