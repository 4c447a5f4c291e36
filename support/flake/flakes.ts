import { join } from 'node:path'
import { NixcumberError } from '../core/errors.ts'
import type { Progress } from '../core/progress.ts'
import type { Nix } from '../nix/evaluate/nix.ts'
import type { Toolchain } from '../nix/toolchain.ts'
import type { Asked } from './cache/judge-cache.ts'
import { type Locator, parseLocator, pathReference } from './locator.ts'
import type { BootPlan } from './plan/boot-plan.ts'
import type { MachineWish } from './plan/evaluated-machine.ts'
import type { FlakePlan } from './plan/flake-plan.ts'
import type { HostNeeds } from './plan/host-needs.ts'
import type { InstallPlan } from './plan/install-plan.ts'
import type { Subject } from './subject.ts'
import { fingerprint, writeFlake } from './written/write.ts'

export interface FlakesOptions {
  /** Paths in features start here. */
  readonly projectDir: string
  /** Stands in for "." (`--flake`). */
  readonly flake?: string
  readonly offline: boolean
  readonly cacheDir: string
  /** The run's own folder for assembled flakes, wrappers and links to what was built. */
  readonly scratch: string
  /** Where Nix's full logs go. */
  readonly logDir: string
  readonly progress: Progress
  toolchain(): Promise<Toolchain>
}

/** All flakes of a run. Scenarios that speak of the same flake share its answers. */
export class Flakes {
  readonly #options: FlakesOptions
  readonly #subjects = new Map<string, Promise<Subject>>()
  readonly #plans = new Map<string, Promise<BootPlan>>()
  readonly #installs = new Map<string, Promise<InstallPlan>>()
  readonly #needs = new Map<string, Promise<HostNeeds>>()
  #nix: Promise<Nix> | undefined
  #qemu: Promise<{ folder: string } | { lack: string }> | undefined

  constructor(options: FlakesOptions) {
    this.#options = options
  }

  get projectDir(): string {
    return this.#options.projectDir
  }

  get progress(): Progress {
    return this.#options.progress
  }

  locate(reference: string): Locator {
    return parseLocator(reference === '.' ? (this.#options.flake ?? '.') : reference, this.projectDir)
  }

  /** The flake of that name; the project's own without one. */
  named(reference = '.'): Promise<Subject> {
    return this.located(this.locate(reference))
  }

  located(locator: Locator, single = false): Promise<Subject> {
    return this.#remember(this.#subjects, JSON.stringify([locator, single]), async () => {
      const nix = await this.nix()
      if (locator.kind === 'flake' && locator.folder && locator.reference.startsWith('git+'))
        await this.#tellUntracked(locator.folder, nix.toolchain)
      const { Subject } = await import('./subject.ts')
      return new Subject(locator, { ...this.#options, nix }, single)
    })
  }

  assembled(plan: FlakePlan): Promise<Subject> {
    const name = fingerprint(plan)
    return this.#remember(this.#subjects, name, async () => {
      const folder = await writeFlake(plan, this.#options.scratch)
      return this.located({ kind: 'flake', reference: pathReference(folder), folder })
    })
  }

  bootPlan(subject: Subject, host: string, wish: MachineWish): Promise<BootPlan> {
    return this.#remember(this.#plans, JSON.stringify([subject.locator, host, wish]), async () => {
      const { makeBootPlan } = await import('./plan/boot-plan.ts')
      return makeBootPlan(subject, host, wish, { ...this.#options, nix: await this.nix() })
    })
  }

  installPlan(subject: Subject, host: string): Promise<InstallPlan> {
    return this.#remember(this.#installs, JSON.stringify([subject.locator, host]), async () => {
      const { makeInstallPlan } = await import('./plan/install-plan.ts')
      return makeInstallPlan(subject, host, { ...this.#options, nix: await this.nix() })
    })
  }

  /** What the host needs of the computer on which it is installed. */
  needs(subject: Subject, host: string): Promise<HostNeeds> {
    return this.#remember(this.#needs, JSON.stringify([subject.locator, host]), async () => {
      const { evaluateNeeds } = await import('./plan/host-needs.ts')
      return evaluateNeeds(subject, host, { ...this.#options, nix: await this.nix() })
    })
  }

  /** The host's system, built as it is, and the programs that reach it. */
  async system(subject: Subject, host: string): Promise<{ readonly path: string; readonly programs: Toolchain }> {
    const nix = await this.nix()
    const { buildSystem } = await import('./plan/built-host.ts')
    return { path: await buildSystem(subject, host, { ...this.#options, nix }), programs: nix.toolchain }
  }

  /** Bytes of all that its disk script needs. */
  async diskScriptSize(subject: Subject, host: string): Promise<number> {
    const { diskScriptSize } = await import('./plan/built-host.ts')
    return diskScriptSize(subject, host, { ...this.#options, nix: await this.nix() })
  }

  /** Builds the QEMU of the nixpkgs of the project's flake; gives its folder, or why there is none. */
  qemu(): Promise<{ folder: string } | { lack: string }> {
    this.#qemu ??= this.#buildQemu()
    return this.#qemu
  }

  async #buildQemu(): Promise<{ folder: string } | { lack: string }> {
    const { buildQemu } = await import('./plan/qemu.ts')
    try {
      return await buildQemu(await this.named(), { ...this.#options, nix: await this.nix() })
    } catch (error) {
      if (error instanceof NixcumberError) return { lack: error.message.split('\n')[0] ?? '' }
      throw error
    }
  }

  /** The error that tells what of a closure is not in a binary cache as it should be; undefined when all is. */
  async verifyInCache(asked: Asked): Promise<NixcumberError | undefined> {
    const { verifyInCache } = await import('./cache/verify-in-cache.ts')
    return verifyInCache(asked, { ...this.#options, nix: await this.nix() })
  }

  nix(): Promise<Nix> {
    // What asks Nix is loaded when it is asked: runs that only look at steps must not wait for it.
    this.#nix ??= this.#options.toolchain().then(async toolchain => {
      const [{ Nix }, { LOOK_ALIKES }] = await Promise.all([
        import('../nix/evaluate/nix.ts'),
        import('./written/offline-inputs.ts'),
      ])
      const { logDir, cacheDir, offline } = this.#options
      const nixPath = offline ? { nixPath: { nixpkgs: join(LOOK_ALIKES, 'nixpkgs') } } : {}
      return new Nix({ toolchain, logDir, cacheDir, offline, ...nixPath })
    })
    return this.#nix
  }

  async #tellUntracked(folder: string, toolchain: Toolchain): Promise<void> {
    const { untrackedNixFiles } = await import('./written/untracked.ts')
    const files = await untrackedNixFiles(folder, toolchain)
    if (files.length > 0)
      this.progress.note(
        `Nix does not see ${files.join(', ')}: not known to git. To have it judged: git add ${files.join(' ')}`,
      )
  }

  #remember<Value>(known: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
    const found = known.get(key)
    if (found) return found
    const made = make()
    known.set(key, made)
    // What the surroundings broke may be asked again; what the configuration says stays.
    made.catch(error => {
      if (!(error instanceof NixcumberError) || error.exitCode === 3) known.delete(key)
    })
    return made
  }
}
