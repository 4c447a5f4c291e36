/** `--then install`: what was judged is installed by nixos-anywhere, on the target that the verdict binds. */
import { join } from 'node:path'
import { EnvironmentBroken } from '../../../core/errors.ts'
import type { Progress } from '../../../core/progress.ts'
import { installHost } from '../../../deploy/install/install.ts'
import { FEATURES } from '../../../deploy/install/states.ts'
import { onlyOne } from '../../../deploy/only-one.ts'
import { openOwnSsh } from '../../../deploy/own-ssh.ts'
import { Stages } from '../../../deploy/stages.ts'
import { openFlake } from '../../../gate/open-flake.ts'
import { auditTo } from '../../../record/audit.ts'
import { onInterrupt } from '../../../runner/interrupt.ts'
import { tellCompared } from './compared.ts'
import { installing } from './install-means.ts'
import type { PreparedInstall } from './install-prepare.ts'
import { askLive } from './live.ts'
import type { Judged } from './prepared.ts'

/** @returns 0 where it holds there, 1 where its features did not. @throws NixcumberError, with the state of the target */
export async function install(prepared: PreparedInstall, judged: Judged, progress: Progress): Promise<number> {
  const { host, live, plan, fingerprint } = prepared
  const { document, folder, locator } = judged
  const { diskScript, toplevel } = document
  if (diskScript === null) throw new EnvironmentBroken(`Host "${host}" has no disk script: nothing lays out its disks`)
  const audit = auditTo(folder)
  using ssh = await openOwnSsh({ ...plan, fingerprint })
  await using _one = await onlyOne(ssh, live.settings.cacheDir)
  using stages = new Stages({ target: `${host} (${ssh.address})`, progress, tell: audit })
  const strict = { importFromDerivation: document.flake.importFromDerivation }
  using flake = await openFlake({ ...live.settings, locator, strict, progress })
  try {
    const bound = { ...judged, diskScript }
    await carefully(async () =>
      installHost(await installing({ prepared, judged: bound, ssh, stages, flake, progress, audit })),
    )
    const run = await stages.go({ ...FEATURES, run: () => askLive(live) })
    await tellCompared(folder, run.folder)
    console.log(
      `\n${run.exitCode === 0 ? 'HOLDS THERE' : 'DOES NOT HOLD THERE'}  ${host} runs ${toplevel.path}, from its own disks`,
    )
    return run.exitCode
  } finally {
    console.log(`\nAudit: ${join(folder, 'audit.ndjson')}`)
  }
}

/** A first Ctrl-C ends it, and the stage that is under way says in which state the target is. */
async function carefully<T>(work: () => Promise<T>): Promise<T> {
  using _interrupt = onInterrupt(async exitCode => exitCode)
  return await work()
}
