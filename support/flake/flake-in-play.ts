import { resolve } from 'node:path'
import { ExpectationNotMet } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { rows } from '../core/text/text.ts'
import { type AttrPath, parseAttrPath } from '../nix/attr-path.ts'
import { NixRefused } from '../nix/reason/nix-error.ts'
import type { Programs } from '../nix/toolchain.ts'
import type { BinaryCache } from './cache/binary-cache.ts'
import type { Flakes } from './flakes.ts'
import type { WantedDisk, WantedLayout } from './layout/judge-layout.ts'
import type { Layout } from './layout/layout.ts'
import { parseHostLocator } from './locator.ts'
import type { Found, WantedOption } from './options/judge-options.ts'
import type { BootPlan } from './plan/boot-plan.ts'
import type { MachineWish } from './plan/evaluated-machine.ts'
import { emptyFlake, type FlakePlan, moduleNames, withHost, withModule } from './plan/flake-plan.ts'
import type { HostNeeds } from './plan/host-needs.ts'
import type { InstallPlan } from './plan/install-plan.ts'
import type { Subject } from './subject.ts'
import { isIgnoredByImportTree } from './written/module-path.ts'

/** The flake that a scenario speaks of: the one it names, the one it puts together, or else the project's own. */
export class FlakeInPlay {
  readonly #flakes: Flakes
  #reference: string | undefined
  #plan: FlakePlan | undefined

  constructor(flakes: Flakes) {
    this.#flakes = flakes
  }

  /** `the flake "."` @throws UsageError when there is none */
  use(reference: string): void {
    this.#flakes.locate(reference)
    this.#reference = reference
    this.#plan = undefined
  }

  /** `a dendritic flake`, `… from "dir"` */
  assemble(from?: string): void {
    this.#plan = { ...emptyFlake, ...(from === undefined ? {} : { from: resolve(this.#flakes.projectDir, from) }) }
    this.#reference = undefined
  }

  /** @throws UsageError when no flake is being put together, or the path is no good */
  addModule(path: string, text: string): void {
    this.#plan = withModule(this.#assembled(`the module "${path}"`), path, text)
    if (isIgnoredByImportTree(path))
      this.#flakes.progress.note(`modules/${path}: import-tree ignores names that begin with an underscore`)
  }

  addHost(name: string, modules: string): void {
    this.#plan = withHost(this.#assembled(`the host "${name}"`), name, moduleNames(modules))
  }

  /** Writes down what was put together; the same plan twice is the same flake, with all its answers. */
  async subject(): Promise<Subject> {
    return this.#plan ? this.#flakes.assembled(this.#plan) : this.#flakes.named(this.#reference)
  }

  /** The hosts' names. */
  async hosts(): Promise<readonly string[]> {
    return (await (await this.subject()).survey()).hosts
  }

  /** All outputs and every host. @throws NixRefused */
  async evaluate(): Promise<void> {
    const subject = await this.subject()
    const { hosts } = await subject.survey()
    // One after the other: a real NixOS takes more than a gigabyte to evaluate.
    for (const host of hosts) await subject.toplevel(host)
  }

  /** @throws NixRefused */
  async evaluateHost(name: string): Promise<void> {
    const { subject, host } = await this.#find(name)
    await subject.toplevel(host)
  }

  /** Store path of the host's system, as it would be installed. @throws NixRefused */
  async toplevel(name: string): Promise<string> {
    const { subject, host } = await this.#find(name)
    return (await subject.toplevel(host)).path
  }

  /** @throws ExpectationNotMet when the host evaluates, or fails for another reason */
  async refusesHost(name: string, wanted: string): Promise<void> {
    const reason = await this.evaluateHost(name).then(
      () => undefined,
      error => {
        if (error instanceof NixRefused) return error
        throw error
      },
    )
    if (reason === undefined)
      throw new ExpectationNotMet(
        `Host "${name}" evaluates\n${rows({ Expected: wanted, Observed: 'no error' })}`.trimEnd(),
      )
    const said = [reason.reason.message, reason.reason.detail ?? '', reason.reason.hint ?? ''].join('\n')
    if (plain(said).includes(plain(wanted))) return
    const table = rows({ Expected: wanted, Observed: reason.reason.message, Evidence: reason.message })
    throw new ExpectationNotMet(`Host "${name}" does not evaluate for another reason\n${table}`.trimEnd())
  }

  /** All in one evaluation. @throws ExpectationNotMet with every option that is not as wanted; UsageError for mistyped ones */
  async expectOptions(name: string, wanted: readonly WantedOption[]): Promise<void> {
    const paths = wanted.map(({ option }) => parseAttrPath(option))
    const { subject, host } = await this.#find(name)
    const found = await lookAt(subject, host, paths)
    const { judgeOptions } = await import('./options/judge-options.ts')
    const error = judgeOptions(name, wanted, found, await subject.sources())
    if (error) throw error
  }

  /** @throws ExpectationNotMet with every row that is not as wanted; EnvironmentBroken for what cannot be read */
  async expectLayout(name: string, wanted: WantedLayout): Promise<void> {
    const { subject, host } = await this.#find(name)
    const { judgeLayout } = await import('./layout/judge-layout.ts')
    const error = judgeLayout(name, wanted, await subject.layout(host))
    if (error) throw error
  }

  /** @throws ExpectationNotMet with the disks that are wiped and not named, and the other way about */
  async expectWipedDisks(name: string, wanted: readonly WantedDisk[]): Promise<void> {
    const { subject, host } = await this.#find(name)
    const { judgeWipedDisks } = await import('./layout/judge-layout.ts')
    const error = judgeWipedDisks(name, wanted, await subject.layout(host))
    if (error) throw error
  }

  /** @throws ExpectationNotMet with what is missing, unsigned or altered; EnvironmentBroken for a cache that cannot be asked */
  async expectInCache(name: string, cache: BinaryCache): Promise<void> {
    const { subject, host } = await this.#find(name)
    const { path } = await subject.toplevel(host)
    const error = await this.#flakes.verifyInCache({ host, path, cache })
    if (error) throw error
  }

  /**
   * @param identity file of the key; without one, those that ssh would offer
   * @throws ExpectationNotMet with what keeps every key out; EnvironmentBroken where that is not known
   */
  async expectEntry(name: string, identity?: string): Promise<void> {
    const { subject, host } = await this.#find(name)
    const [{ judgeEntry }, { ownKeys }] = await Promise.all([
      import('./entry/judge-entry.ts'),
      import('./entry/own-keys.ts'),
    ])
    const [entry, own, sources] = await Promise.all([subject.entry(host), ownKeys(identity), subject.sources()])
    const error = judgeEntry(name, entry, own, sources)
    if (error) throw error
  }

  /** Evaluates and builds the host, once a run. `name` may carry its place: `.#t14`. */
  async plan(name: string, { size = {}, files = [] }: Partial<MachineWish> = {}): Promise<BootPlan> {
    const { subject, host } = await this.#find(name)
    return this.#flakes.bootPlan(subject, host, { size, files })
  }

  /** Evaluates and builds what installs the host, once a run. @throws UsageError for a host without a layout of disks */
  async installPlan(name: string): Promise<InstallPlan> {
    const { subject, host } = await this.#find(name)
    return this.#flakes.installPlan(subject, host)
  }

  /** What the host needs of the computer on which it is installed. */
  async needs(name: string): Promise<HostNeeds> {
    const { subject, host } = await this.#find(name)
    return this.#flakes.needs(subject, host)
  }

  /** @throws UsageError for a host without a layout of disks */
  async layout(name: string): Promise<Layout> {
    const { subject, host } = await this.#find(name)
    const layout = await subject.layout(host)
    if (layout !== null && layout.disks.length > 0) return layout
    throw refuse({ what: `Host "${name}" has no layout of disks`, expected: 'disks in disko.devices.disk' })
  }

  /** The host's system, built as it is, and the programs that reach it. */
  async system(name: string): Promise<{ readonly path: string; readonly programs: Programs }> {
    const { subject, host } = await this.#find(name)
    return this.#flakes.system(subject, host)
  }

  /** Bytes of all that its disk script needs. */
  async diskScriptSize(name: string): Promise<number> {
    const { subject, host } = await this.#find(name)
    return this.#flakes.diskScriptSize(subject, host)
  }

  async #find(name: string): Promise<{ subject: Subject; host: string }> {
    const place = parseHostLocator(name, this.#flakes.projectDir)
    if (place) return { subject: await this.#flakes.located(place.locator, place.single), host: place.host }
    return { subject: await this.subject(), host: name }
  }

  #assembled(what: string): FlakePlan {
    if (this.#plan) return this.#plan
    throw refuse({
      what: `There is no flake to put ${what} into`,
      expected: 'Given a dendritic flake',
      next: 'the user\'s own flake is never written to; begin with: Given a dendritic flake from "."',
    })
  }
}

/** When the whole look fails, each option is asked alone, so that the rows that hold are not blamed. */
async function lookAt(subject: Subject, host: string, paths: readonly AttrPath[]): Promise<readonly Found[]> {
  try {
    const looks = await subject.options(host, paths)
    return await Promise.all(looks.map((look, i) => ('failed' in look ? failure(subject, host, paths[i] ?? []) : look)))
  } catch (error) {
    if (!(error instanceof NixRefused) || paths.length < 2) throw error
    const found: Found[] = []
    for (const path of paths) found.push(...(await alone(subject, host, path)))
    if (found.every(one => 'refused' in one)) throw error
    return found
  }
}

const alone = (subject: Subject, host: string, path: AttrPath): Promise<readonly Found[]> =>
  subject.options(host, [path]).catch(refused)

const failure = (subject: Subject, host: string, path: AttrPath): Promise<Found> =>
  subject.demand(host, path).then(
    () => ({ refused: 'a part of it fails' }),
    error => refused(error)[0],
  )

function refused(error: unknown): readonly [Found] {
  if (!(error instanceof NixRefused)) throw error
  const { message, file, line } = error.reason
  return [{ refused: file === undefined ? message : `${message} (${file}${line ? `:${line}` : ''})` }]
}

/** Quotation marks and spaces differ between NixOS's releases. */
const plain = (text: string): string =>
  text
    .replaceAll(/[`'‘’“”"]/g, "'")
    .replaceAll(/\s+/g, ' ')
    .trim()
