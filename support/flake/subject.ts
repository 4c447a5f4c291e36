import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { NixcumberError } from '../core/errors.ts'
import type { Progress } from '../core/progress.ts'
import { refuse } from '../core/refusal.ts'
import { RUNNER_SYSTEM } from '../core/runner-system.ts'
import { type AttrPath, showAttrPath } from '../nix/attr-path.ts'
import { heed, readFlakeConfig } from '../nix/flake-config.ts'
import type { FlakeMetadata } from '../nix/flake-metadata.ts'
import type { Nix, Question, Target } from '../nix/nix.ts'
import { nixData, nixString } from '../nix/nix-string.ts'
import type { SourceMap } from '../nix/source-map.ts'
import type { Locator } from './locator.ts'
import { type OfflineInputs, offlineInputs } from './offline-inputs.ts'
import { type OptionLook, optionLookSchema } from './option-look.ts'
import { folderSources, sourcesOf } from './sources.ts'
import { flakeFacts, type SubjectFacts } from './subject-facts.ts'
import { fileOutputs, type Wrapped } from './wrapper.ts'

export interface SubjectOptions {
  readonly nix: Nix
  readonly offline: boolean
  /** Folder for what is generated. */
  readonly scratch: string
  readonly progress: Progress
}

/** A host's system, evaluated and not built. */
export interface Toplevel {
  readonly derivation: string
  readonly path: string
}

export interface Survey {
  readonly outputs: readonly string[]
  readonly hosts: readonly string[]
}

/**
 * Configurations that can be asked: a flake, or a file without one. Every answer is asked for once and remembered;
 * what is judged does not change within a run.
 */
export class Subject {
  readonly locator: Locator
  /** For a file whose attribute is one host: that host's name. */
  readonly #single: boolean
  readonly #options: SubjectOptions
  readonly #answers = new Map<string, Promise<unknown>>()

  constructor(locator: Locator, options: SubjectOptions, single = false) {
    this.locator = locator
    this.#options = options
    this.#single = single
  }

  /** What there is, with every output evaluated to its first layer. */
  survey(): Promise<Survey> {
    return this.#once('survey', async () =>
      surveySchema.parse(await this.#ask('survey', undefined, 'the flake does not evaluate')),
    )
  }

  /** @throws NixRefused when the host does not evaluate; UsageError with the names when there is no such host */
  toplevel(host: string): Promise<Toplevel> {
    return this.#once(`toplevel ${host}`, async () => {
      const answer = await this.#ask('toplevel', host, `host "${host}" does not evaluate`)
      return toplevelSchema.parse(this.#found(host, answer))
    })
  }

  /** All options in one evaluation. */
  options(host: string, paths: readonly AttrPath[]): Promise<readonly OptionLook[]> {
    const argument = { name: host, paths }
    return this.#once(`options ${JSON.stringify(argument)}`, async () => {
      const answer = await this.#ask('options', argument, `host "${host}" does not evaluate`)
      return z.array(optionLookSchema).parse(this.#found(host, answer))
    })
  }

  /** Derivation of a QEMU for this computer, of a host's nixpkgs; undefined without hosts. */
  async qemu(): Promise<string | undefined> {
    const answer = await this.#ask('qemu', RUNNER_SYSTEM, "QEMU of the flake's nixpkgs does not evaluate")
    return z.string().nullable().parse(answer) ?? undefined
  }

  /** Evaluates one option without any guard, for the words with which it fails. */
  async demand(host: string, path: AttrPath): Promise<void> {
    await this.#ask(
      'demand',
      { name: host, path },
      `option "${showAttrPath(path)}" of host "${host}" does not evaluate`,
    )
  }

  /** Which inputs are real and which are not. Empty when everything is real. */
  async standIns(): Promise<OfflineInputs['inputs']> {
    return (await this.#offline()).inputs
  }

  /** Revision, hash and inputs; undefined for a file. */
  metadata(): Promise<FlakeMetadata | undefined> {
    return this.#once('metadata', async () => {
      if (this.locator.kind === 'file') return undefined
      const { overrides } = await this.#offline()
      const question = { ...this.#question('the flake cannot be read', false), settings: await this.settings() }
      return this.#options.nix.metadata(this.locator.reference, overrides, question)
    })
  }

  /** Arguments for Nix that the flake's `nixConfig` asks for and that are heeded; those that are not are told. */
  settings(): Promise<readonly string[]> {
    return this.#once('settings', async () => {
      const { locator } = this
      if (locator.kind === 'file') return []
      const { nix, progress } = this.#options
      const question = this.#question('flake.nix cannot be read', false)
      const heeded = await heed(await readFlakeConfig(nix, locator, question), nix, question)
      if (heeded.ignored.length > 0)
        progress.note(
          `${this.#shown()}: of its nixConfig this is not applied, for your Nix does not trust it (accept-flake-config): ${heeded.ignored.join(', ')}`,
        )
      return heeded.arguments
    })
  }

  /** What a record needs to know of it. For a file there is nothing but its name. */
  async facts(): Promise<SubjectFacts> {
    const { locator } = this
    if (locator.kind === 'file') return { reference: locator.file, inputs: {} }
    const [metadata, standIns] = await Promise.all([this.metadata(), this.standIns()])
    return flakeFacts(locator.reference, metadata, standIns)
  }

  /** What the wrapper wraps. */
  async wrapped(): Promise<Wrapped> {
    if (this.locator.kind === 'file') return { expression: fileOutputs(this.locator, this.#single) }
    const inputs = (await this.metadata())?.inputs ?? {}
    const nixosShellInput = Object.keys(inputs).find(name =>
      /(?:^|[/:])nixos-shell(?:$|[/?#])/i.test(inputs[name]?.url ?? ''),
    )
    return { flake: this.locator.reference, inputs: (await this.#offline()).overrides, nixosShellInput }
  }

  async #ask(what: string, argument: unknown, subject: string): Promise<unknown> {
    const inspect = await readFile(join(import.meta.dirname, 'inspect.nix'), 'utf8')
    const given = argument === undefined ? '' : typeof argument === 'string' ? nixString(argument) : nixData(argument)
    const { target, apply } = await this.#target(`(${inspect}).${what} ${given}`)
    const question = { ...this.#question(subject, true), settings: await this.settings() }
    const { value, warnings } = await this.#options.nix.eval(target, question, apply)
    for (const warning of warnings) this.#options.progress.note(`${this.#shown()} warns: ${warning}`)
    return value
  }

  /** The Nix function applied to all there is. */
  async #target(apply: string): Promise<{ target: Target; apply?: string }> {
    if (this.locator.kind === 'file')
      return { target: { expression: `(${apply}) (${fileOutputs(this.locator, this.#single)})` } }
    const { overrides } = await this.#offline()
    return { target: { flake: this.locator.reference, output: '.', inputs: overrides }, apply }
  }

  /** Reasons speak of the user's files: where Nix put them is only asked when something is wrong. */
  #question(subject: string, mapped: boolean): Question {
    return mapped
      ? { subject, sources: () => this.sources() }
      : { subject, sources: async () => folderSources(this.locator) }
  }

  async sources(): Promise<SourceMap> {
    return sourcesOf(this.locator, () => this.metadata())
  }

  #offline(): Promise<OfflineInputs> {
    return this.#once('offline', async () => {
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

  #found(host: string, answer: unknown): unknown {
    const parsed = answerSchema.parse(answer)
    if ('found' in parsed) return parsed.found
    throw refuse({ what: `There is no host "${host}" in ${this.#shown()}`, got: host, known: parsed.hosts })
  }

  #shown(): string {
    return this.locator.kind === 'file'
      ? this.locator.file
      : `the flake ${this.locator.folder ?? this.locator.reference}`
  }

  #once<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> {
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

const surveySchema = z.object({ outputs: z.array(z.string()), hosts: z.array(z.string()) })
const toplevelSchema = z.object({ derivation: z.string(), path: z.string() })
const answerSchema = z.union([z.strictObject({ hosts: z.array(z.string()) }), z.object({ found: z.unknown() })])
