/** The target of a run: looked at once, by whichever process of the run needs it first. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { EnvironmentBroken, NixcumberError } from '../../core/errors.ts'
import { lock } from '../../core/files/file-lock.ts'
import type { Progress } from '../../core/progress.ts'
import { rows } from '../../core/text/text.ts'
import type { SshPlan } from '../../machine/machine.ts'
import { auditTo } from '../../record/audit.ts'
import { OWN_FILE, writeAtomically } from '../../record/write-file.ts'
import { lookAtTarget } from '../../target/look.ts'
import { summaryOf } from '../../target/summary.ts'
import { readTargetFile, type SeenTarget, writtenTarget } from '../../target/target-file.ts'

export interface RunTargetOptions {
  /** Left out: the run was given none. */
  readonly plan?: SshPlan
  /** The run's. */
  readonly folder: string
  readonly progress: Progress
  readonly cache: string
}

export class RunTarget {
  readonly #options: RunTargetOptions
  #seen: Promise<SeenTarget> | undefined

  constructor(options: RunTargetOptions) {
    this.#options = options
  }

  /** @throws EnvironmentBroken without a target, and where it could not be looked at */
  async seen(): Promise<SeenTarget> {
    this.#seen ??= this.#look()
    return this.#seen
  }

  async #look(): Promise<SeenTarget> {
    const { plan, folder, progress, cache } = this.#options
    if (plan === undefined) throw withoutTarget()
    const file = join(folder, 'target.json')
    // Workers are processes of their own, and a target is looked at once: what the first has seen or could not see is so for all.
    await using _lock = await lock(join(folder, 'evidence', 'target.lock'))
    if (existsSync(file)) return readTargetFile(file)
    const failed = join(folder, 'evidence', 'target.failed')
    if (existsSync(failed))
      throw new EnvironmentBroken('The target could not be looked at: told by an earlier scenario')
    try {
      const look = await lookAtTarget(plan, { progress, cache, audit: auditTo(folder) })
      writeAtomically(file, writtenTarget(look), OWN_FILE)
    } catch (error) {
      if (error instanceof NixcumberError) writeAtomically(failed, error.message, OWN_FILE)
      throw error
    }
    const seen = readTargetFile(file)
    progress.note(summaryOf(seen))
    return seen
  }
}

const withoutTarget = (): EnvironmentBroken =>
  new EnvironmentBroken(
    `The target could not be checked: the run was given none\n${rows({
      Expected: 'the machine that is to be wiped: --target ssh://root@host',
      Next: 'or target in nixcumber.config.ts; it is looked at, and nothing else',
    })}`.trimEnd(),
  )
