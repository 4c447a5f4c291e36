import { z } from 'zod'
import { refuse } from '../core/refusal.ts'
import { RUNNER_SYSTEM } from '../core/runner-system.ts'
import { type AttrPath, showAttrPath } from '../nix/attr-path.ts'
import type { FlakeMetadata } from '../nix/evaluate/flake-metadata.ts'
import type { SourceMap } from '../nix/reason/source-map.ts'
import { type Entry, entrySchema } from './entry/entry.ts'
import { Inquiry, type SubjectOptions } from './inquiry.ts'
import { type Layout, layoutSchema } from './layout/layout.ts'
import type { Locator } from './locator.ts'
import { type OptionLook, optionLookSchema } from './options/option-look.ts'
import { nixosShellInput } from './plan/nixos-shell-input.ts'
import { flakeFacts, type SubjectFacts } from './subject-facts.ts'
import { fileOutputs, type Wrapped } from './wrapper.ts'
import type { OfflineInputs } from './written/offline-inputs.ts'

/** A host's system, evaluated and not built. */
export interface Toplevel {
  readonly derivation: string
  readonly path: string
}

/** What a verdict binds of a host, evaluated and not built. */
export interface BoundSystem {
  readonly toplevel: Toplevel
  /** Null where the host has no `config.system.build.diskoScript`, or a layout that names no disk. */
  readonly diskScript: Toplevel | null
  /** Names below boot.loader that are enabled. */
  readonly bootLoaders: readonly string[]
  /** Devices by name, as the disk script has them; null without one. */
  readonly disks: Readonly<Record<string, string>> | null
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
  readonly #single: boolean
  readonly #inquiry: Inquiry

  /** @param single it is a file whose attribute is one host */
  constructor(locator: Locator, options: SubjectOptions, single = false) {
    this.locator = locator
    this.#single = single
    this.#inquiry = new Inquiry(locator, options, single)
  }

  /** What there is, with every output evaluated to its first layer. */
  survey(): Promise<Survey> {
    return this.#inquiry.once('survey', async () =>
      surveySchema.parse(await this.#inquiry.ask('survey', undefined, 'the flake does not evaluate')),
    )
  }

  /** Their names alone: no host is evaluated. */
  async hosts(): Promise<readonly string[]> {
    return z.array(z.string()).parse(await this.#inquiry.ask('hosts', undefined, 'the flake does not evaluate'))
  }

  /** @throws NixRefused when the host does not evaluate; UsageError with the names when there is no such host */
  toplevel(host: string): Promise<Toplevel> {
    return this.#inquiry.once(`toplevel ${host}`, async () => {
      const answer = await this.#inquiry.ask('toplevel', host, `host "${host}" does not evaluate`)
      return toplevelSchema.parse(this.#found(host, answer))
    })
  }

  /** @throws as `toplevel` */
  bound(host: string): Promise<BoundSystem> {
    return this.#inquiry.once(`bound ${host}`, async () => {
      const answer = await this.#inquiry.ask('bound', host, `host "${host}" does not evaluate`)
      return boundSchema.parse(this.#found(host, answer))
    })
  }

  /** All options in one evaluation. */
  options(host: string, paths: readonly AttrPath[]): Promise<readonly OptionLook[]> {
    const argument = { name: host, paths }
    return this.#inquiry.once(`options ${JSON.stringify(argument)}`, async () => {
      const answer = await this.#inquiry.ask('options', argument, `host "${host}" does not evaluate`)
      return z.array(optionLookSchema).parse(this.#found(host, answer))
    })
  }

  /** What disko is told of the host's disks; null without disko. @throws NixRefused when it does not evaluate */
  layout(host: string): Promise<Layout | null> {
    return this.#inquiry.once(`layout ${host}`, async () => {
      const answer = await this.#inquiry.ask('layout', host, `the layout of host "${host}" does not evaluate`)
      return layoutSchema.nullable().parse(this.#found(host, answer))
    })
  }

  /** Who gets into the host by ssh as it is declared. @throws NixRefused when that does not evaluate */
  entry(host: string): Promise<Entry> {
    return this.#inquiry.once(`entry ${host}`, async () => {
      const answer = await this.#inquiry.ask('entry', host, `sshd of host "${host}" does not evaluate`)
      return entrySchema.parse(this.#found(host, answer))
    })
  }

  /** Derivation of a QEMU for this computer, of a host's nixpkgs; undefined without hosts. */
  async qemu(): Promise<string | undefined> {
    const answer = await this.#inquiry.ask('qemu', RUNNER_SYSTEM, "QEMU of the flake's nixpkgs does not evaluate")
    return z.string().nullable().parse(answer) ?? undefined
  }

  /** Derivation of nixos-anywhere for this computer, of a host's nixpkgs; undefined where that has none. */
  async nixosAnywhere(): Promise<string | undefined> {
    const answer = await this.#inquiry.ask('nixos-anywhere', RUNNER_SYSTEM, 'nixos-anywhere does not evaluate')
    return z.string().nullable().parse(answer) ?? undefined
  }

  /** Evaluates one option without any guard, for the words with which it fails. */
  async demand(host: string, path: AttrPath): Promise<void> {
    await this.#inquiry.ask(
      'demand',
      { name: host, path },
      `option "${showAttrPath(path)}" of host "${host}" does not evaluate`,
    )
  }

  /** Which inputs are real and which are not. Empty when everything is real. */
  async standIns(): Promise<OfflineInputs['inputs']> {
    return (await this.#inquiry.offline()).inputs
  }

  /** Revision, hash and inputs; undefined for a file. */
  metadata(): Promise<FlakeMetadata | undefined> {
    return this.#inquiry.metadata()
  }

  /** Arguments for Nix that the flake's `nixConfig` asks for and that are heeded; those that are not are told. */
  settings(): Promise<readonly string[]> {
    return this.#inquiry.settings()
  }

  sources(): Promise<SourceMap> {
    return this.#inquiry.sources()
  }

  /** What a record needs to know of it. For a file there is nothing but its name. */
  async facts(): Promise<SubjectFacts> {
    const { locator } = this
    if (locator.kind === 'file') return { reference: locator.file, inputs: {} }
    const [metadata, standIns] = await Promise.all([this.metadata(), this.standIns()])
    return flakeFacts(locator.reference, metadata, standIns)
  }

  /** What the wrapper wraps. */
  wrapped(): Promise<Wrapped> {
    return this.#inquiry.once('wrapped', async () => {
      if (this.locator.kind === 'file') return { expression: fileOutputs(this.locator, this.#single) }
      const { name, left } = nixosShellInput((await this.metadata())?.inputs ?? {})
      if (left !== undefined) this.#inquiry.note(left)
      const { overrides } = await this.#inquiry.offline()
      return { flake: this.locator.reference, inputs: overrides, nixosShellInput: name }
    })
  }

  #found(host: string, answer: unknown): unknown {
    const parsed = answerSchema.parse(answer)
    if ('found' in parsed) return parsed.found
    throw refuse({ what: `There is no host "${host}" in ${this.#inquiry.shown}`, got: host, known: parsed.hosts })
  }
}

const surveySchema = z.object({ outputs: z.array(z.string()), hosts: z.array(z.string()) })
const toplevelSchema = z.object({ derivation: z.string(), path: z.string() })
const boundSchema = z.object({
  toplevel: toplevelSchema,
  diskScript: toplevelSchema.nullable(),
  bootLoaders: z.array(z.string()),
  disks: z.record(z.string(), z.string()).nullable(),
})
const answerSchema = z.union([z.strictObject({ hosts: z.array(z.string()) }), z.object({ found: z.unknown() })])
