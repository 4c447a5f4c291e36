/** The target at the gate: it is looked at, and what was seen is held against what the host needs of it. */
import { EnvironmentBroken } from '../../core/errors.ts'
import type { Progress } from '../../core/progress.ts'
import { rows } from '../../core/text/text.ts'
import type { OpenFlake } from '../../gate/open-flake.ts'
import type { HostInputs } from '../../gate/target/preflight.ts'
import { type Purpose, seeTarget } from '../../gate/target/see-target.ts'
import { bindTarget, type SeenTarget } from '../../gate/target/seen-target.ts'
import { ofIdentity } from '../../gate/target/target-differences.ts'
import type { VerdictDocument } from '../../gate/verdict.ts'
import type { SshPlan } from '../../machine/machine.ts'
import { onInterrupt } from '../../runner/interrupt.ts'
import { lookAtTarget, type TargetLook } from '../../target/look.ts'
import type { RunSettings } from '../../world/settings.ts'
import { hostInputs } from './gate-host-inputs.ts'

/** The machine on which this host is to be installed, where one is named. */
export function targetFor({ target, aboutTarget }: RunSettings, host: string, asked: string | undefined) {
  const isOfAnother = asked === undefined && aboutTarget?.host !== undefined && aboutTarget.host !== host
  return isOfAnother ? undefined : target
}

/** One look, however it is stopped. @throws EnvironmentBroken when it cannot be reached, and for another host key */
export async function lookFor(
  target: SshPlan,
  { cacheDir }: Pick<RunSettings, 'cacheDir'>,
  progress: Progress,
): Promise<TargetLook> {
  using _interrupt = onInterrupt(async exitCode => exitCode)
  return await lookAtTarget(target, { progress, cache: cacheDir })
}

interface Again {
  readonly settings: Pick<RunSettings, 'cacheDir'>
  readonly target: SshPlan
  readonly disks: Readonly<Record<string, string>> | null
  readonly inputs: HostInputs & Purpose
  readonly progress: Progress
}

/** What is bound is what was there before the features ran, and still is. @throws EnvironmentBroken when it is another one by now */
export async function lookAgain(first: TargetLook, { settings, target, disks, inputs, progress }: Again) {
  const before = bindTarget(seeTarget(first, disks ?? {}, inputs))
  const now = seeTarget(await lookFor(target, settings, progress), disks ?? {}, inputs)
  const { differences } = ofIdentity(before, now)
  if (differences.length === 0) return bindTarget(now)
  throw new EnvironmentBroken(
    `The target was changed while the host was judged: there is no verdict\n${rows({
      Got: differences.map(({ what, expected, found }) => `${what}: ${expected}, then ${found}`).join('\n'),
    })}`.trimEnd(),
  )
}

interface Around {
  readonly flake: OpenFlake
  readonly settings: RunSettings
  readonly progress: Progress
}

/** The target of a verdict as it is now, judged as one that is to be wiped. */
export async function targetNow(
  document: VerdictDocument,
  target: SshPlan,
  { flake, settings, progress }: Around,
): Promise<SeenTarget> {
  const look = await lookFor(target, settings, progress)
  const inputs = await hostInputs(flake, { host: document.host, built: document, settings, progress })
  return seeTarget(look, document.disks ?? {}, { ...inputs, wiped: true })
}
