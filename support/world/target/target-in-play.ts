/** Sentences about the target of a scenario's run: one look, what the host needs, and a judgement of both. */

import { refuse } from '../../core/refusal.ts'
import type { Duration } from '../../core/time/duration.ts'
import type { FlakeInPlay } from '../../flake/flake-in-play.ts'
import type { HostNeeds } from '../../flake/plan/host-needs.ts'
import type { TargetFacts } from '../../target/facts.ts'
import { installerSize } from '../../target/installer-size.ts'
import { isRecent, showAge } from '../../target/judge/backup.ts'
import { haveDrivers } from '../../target/judge/drivers.ts'
import { layoutDisks } from '../../target/judge/early-disks.ts'
import { layoutStandsAlone } from '../../target/judge/hangs.ts'
import { keepsHostKey } from '../../target/judge/host-key.ts'
import { hasMemory } from '../../target/judge/memory.ts'
import { type Asked, errorOf, type Judgement } from '../../target/judgement.ts'
import { readModules } from '../../target/modules/read-modules.ts'
import { asksFor } from '../../target/sentences.ts'
import type { SeenTarget } from '../../target/target-file.ts'
import type { RunContext } from '../context.ts'
import { lastBackup } from './backup.ts'

type Context = Pick<RunContext, 'target' | 'settings' | 'progress'>

export class TargetInPlay {
  readonly #context: Context
  readonly #flake: FlakeInPlay

  constructor(context: Context, flake: FlakeInPlay) {
    this.#context = context
    this.#flake = flake
  }

  /** @throws ExpectationNotMet with what is otherwise; EnvironmentBroken without a target, and for what could not be told */
  async expect(asked: Asked, judge: (facts: TargetFacts) => Judgement): Promise<void> {
    await this.#judge(asked, async ({ facts }) => judge(facts))
  }

  /** The same of a host that is evaluated for it. @throws as it does, and NixRefused */
  async expectFor(
    host: string,
    asked: Asked,
    judge: (facts: TargetFacts, needs: HostNeeds) => Judgement,
  ): Promise<void> {
    await this.#judge(asked, async ({ facts }) => judge(facts, await this.#flake.needs(host)))
  }

  async expectNothingElseHangs(host: string): Promise<void> {
    await this.#judge(asksFor.hangs(host), async ({ facts }) =>
      layoutStandsAlone(facts, await this.#flake.layout(host)),
    )
  }

  /** The host is built for it. */
  async expectDrivers(host: string): Promise<void> {
    await this.#judge(asksFor.drivers(host), async ({ facts }) => {
      const [{ initrdModules, blacklisted }, layout, system] = await Promise.all([
        this.#flake.needs(host),
        this.#flake.layout(host),
        this.#flake.system(host),
      ])
      const modules = await readModules(system.path, system.programs)
      return haveDrivers(facts, { modules, initrdModules, blacklisted, disks: layoutDisks(layout) })
    })
  }

  async expectMemory(): Promise<void> {
    const { aboutTarget: { kexec } = {} } = this.#context.settings
    await this.#judgeInstalled(asksFor.memory, async ({ facts }, host) => {
      const script = await this.#flake.diskScriptSize(host)
      return hasMemory(facts, { script, ...(kexec === undefined ? {} : { initrd: await installerSize(kexec) }) })
    })
  }

  async expectHostKeyKept(): Promise<void> {
    await this.#judgeInstalled(asksFor.hostKey, async ({ facts, hostKey }, host) =>
      keepsHostKey(facts, hostKey, await this.#flake.needs(host)),
    )
  }

  async expectBackup(age: Duration): Promise<void> {
    const { aboutTarget: { backup } = {}, projectDir } = this.#context.settings
    const { progress } = this.#context
    const { address } = await this.#context.target.seen()
    await this.#judge(asksFor.backup(showAge(age.ms), address), async () => {
      const last = backup && (await lastBackup(backup, { folder: projectDir, note: text => progress.note(text) }))
      return isRecent(last, age, new Date())
    })
  }

  async #judge(asked: Asked, judge: (seen: SeenTarget) => Promise<Judgement>): Promise<void> {
    const error = errorOf(asked, await judge(await this.#context.target.seen()))
    if (error) throw error
  }

  /** Of the host that is installed, which the sentence does not name. Without a target it is not asked for. */
  async #judgeInstalled(
    asked: (host: string) => Asked,
    judge: (seen: SeenTarget, host: string) => Promise<Judgement>,
  ): Promise<void> {
    await this.#context.target.seen()
    const host = await this.#host()
    await this.#judge(asked(host), seen => judge(seen, host))
  }

  /** That which is installed: as it is declared, or the only one. @throws UsageError with the names */
  async #host(): Promise<string> {
    const { aboutTarget: { host } = {} } = this.#context.settings
    if (host !== undefined) return host
    const hosts = await this.#flake.hosts()
    if (hosts.length === 1 && hosts[0] !== undefined) return hosts[0]
    throw refuse({
      what: 'Which host is installed on the target is not said',
      expected: 'target.host in nixcumber.config.ts, or a flake with one host only',
      known: hosts,
    })
  }
}
