/** A flake that is asked strictly, with the Nix that asks it. What it needs on disk goes when it is over. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Progress } from '../core/progress.ts'
import { Flakes } from '../flake/flakes.ts'
import type { StrictEvaluation } from '../flake/inquiry.ts'
import type { Locator } from '../flake/locator.ts'
import { Subject } from '../flake/subject.ts'
import type { Nix } from '../nix/evaluate/nix.ts'
import { findToolchain } from '../nix/tools/find-toolchain.ts'

export interface Asked {
  readonly projectDir: string
  readonly locator: Locator
  readonly offline: boolean
  readonly cacheDir: string
  readonly strict: StrictEvaluation
  readonly progress: Progress
}

export interface OpenFlake extends Disposable {
  readonly nix: Nix
  /** A folder for links to what was built. */
  readonly scratch: string
  /** One that remembers nothing of former answers. */
  subject(): Subject
}

/** @throws EnvironmentBroken without Nix */
export async function openFlake({
  projectDir,
  locator,
  offline,
  cacheDir,
  strict,
  progress,
}: Asked): Promise<OpenFlake> {
  const scratch = await mkdtemp(join(tmpdir(), 'nixcumber-gate-'))
  // Also where it is stopped.
  const clean = (): void => rmSync(scratch, { recursive: true, force: true })
  process.once('exit', clean)
  const flakes = new Flakes({
    ...{ projectDir, offline, cacheDir, scratch, progress },
    logDir: join(cacheDir, 'gate-log'),
    toolchain: () => findToolchain({ offline, progress, cache: cacheDir }),
  })
  const nix = await flakes.nix()
  return {
    ...{ nix, scratch },
    subject: () => new Subject(locator, { nix, offline, scratch, progress, strict }),
    [Symbol.dispose]() {
      process.off('exit', clean)
      clean()
    },
  }
}
