/** A verdict held against the flake as it is now, cheapest first. What could not be looked at is told, and never taken for equal. */
import { HostKeyChanged, NixcumberError } from '../core/errors.ts'
import type { BoundSystem } from '../flake/subject.ts'
import type { BoundFlake } from './binding.ts'
import type { Difference } from './difference.ts'
import { type FeaturesNow, ofContents, ofFeatures, ofFlake, ofInstaller, ofSystem } from './differences.ts'
import { oneLine } from './one-line.ts'
import type { BoundTarget } from './target/bound-target.ts'
import type { SeenTarget } from './target/seen-target.ts'
import { ofOtherKey, ofTarget } from './target/target-differences.ts'
import type { VerdictDocument } from './verdict.ts'

/** What is there now; each is asked for anew. */
export interface Anew {
  flake(): Promise<BoundFlake>
  /** @throws NixRefused when the host does not evaluate as it did */
  system(host: string): Promise<BoundSystem>
  /** @throws EnvironmentBroken when it is not in the store */
  contents(path: string): Promise<string>
  features(): FeaturesNow
  /**
   * sha256 of the tarball by which an installer is started; left out where none was named.
   * @throws UsageError when there is none
   */
  readonly installer?: () => Promise<string>
  /**
   * Left out where none was named.
   * @throws EnvironmentBroken when it is out of reach
   */
  readonly target?: () => Promise<SeenTarget>
}

export interface Verified {
  readonly differences: readonly Difference[]
  /** What could not be looked at, and why. */
  readonly unchecked: readonly string[]
}

export async function verifyAnew(document: VerdictDocument, anew: Anew): Promise<Verified> {
  const findings = new Findings()
  await findings.add('features', async () => ofFeatures(document, anew.features()))
  await findings.add('flake', async () => ofFlake(document, await anew.flake()))
  const system = await findings.add('system', async () => ofSystem(document, await anew.system(document.host)))
  // Other systems lie at other paths: what lies at the old ones says nothing.
  if (system?.length === 0)
    for (const [what, built] of [
      ['system', document.toplevel],
      ['disk script', document.diskScript],
    ] as const)
      if (built)
        await findings.add(`contents of the ${what}`, async () =>
          ofContents(what, built.contents, await anew.contents(built.path)),
        )
  await findings.addInstaller(document.installer, anew.installer)
  if (document.target) await findings.addTarget(document.target, anew.target)
  return findings
}

class Findings implements Verified {
  readonly differences: Difference[] = []
  readonly unchecked: string[] = []

  /** Gives what was found, or nothing where it could not be looked at. */
  async add(what: string, look: () => Promise<Difference[]>): Promise<readonly Difference[] | undefined> {
    try {
      const found = await look()
      this.differences.push(...found)
      return found
    } catch (error) {
      if (!(error instanceof NixcumberError)) throw error
      const said = oneLine(error.message.trim())
      if (error.exitCode === 3) this.unchecked.push(`${what}: ${said}`)
      else this.differences.push({ what, expected: 'as it was', found: said })
      return undefined
    }
  }

  /** One that is not bound is none that was judged. */
  async addInstaller(bound: string | null, look: Anew['installer']): Promise<void> {
    const what = 'tarball of the installer'
    if (look) await this.add(what, async () => ofInstaller({ installer: bound }, await look()))
    else if (bound !== null) this.unchecked.push(`${what}: not looked at: --kexec FILE`)
  }

  async addTarget(bound: BoundTarget, look: Anew['target']): Promise<void> {
    if (!look) {
      this.unchecked.push(`target: not looked at: --target ssh://${bound.address}`)
      return
    }
    await this.add('target', async () => {
      try {
        const { differences, unchecked } = ofTarget(bound, await look())
        this.unchecked.push(...unchecked)
        return [...differences]
      } catch (error) {
        if (!(error instanceof HostKeyChanged)) throw error
        const differences = ofOtherKey(bound, error.shown)
        if (differences.length === 0) throw error
        this.unchecked.push('target: not entered: it shows another host key')
        return differences
      }
    })
  }
}

/** 0 holds, 1 does not, 3 could not be checked. */
export const exitCodeOf = ({ differences, unchecked }: Verified): 0 | 1 | 3 =>
  differences.length > 0 ? 1 : unchecked.length > 0 ? 3 : 0
