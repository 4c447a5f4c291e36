/** The target at the gate: what the host needs of it, asked of the flake that is judged, and a look at it. */
import { EnvironmentBroken, NixcumberError } from '../../core/errors.ts'
import type { Progress } from '../../core/progress.ts'
import { rows } from '../../core/text/text.ts'
import { judgeEntry } from '../../flake/entry/judge-entry.ts'
import { ownKeys } from '../../flake/entry/own-keys.ts'
import { evaluateNeeds } from '../../flake/plan/host-needs.ts'
import type { Subject } from '../../flake/subject.ts'
import type { OpenFlake } from '../../gate/open-flake.ts'
import type { HostInputs } from '../../gate/target/preflight.ts'
import { type Purpose, seeTarget } from '../../gate/target/see-target.ts'
import { bindTarget } from '../../gate/target/seen-target.ts'
import { ofIdentity } from '../../gate/target/target-differences.ts'
import type { SshPlan } from '../../machine/machine.ts'
import { closureSize } from '../../nix/closure-size.ts'
import type { Nix } from '../../nix/evaluate/nix.ts'
import { onInterrupt } from '../../runner/interrupt.ts'
import { installerSize } from '../../target/installer-size.ts'
import { HELD, type Judgement, notHeld, notKnown } from '../../target/judgement.ts'
import { lookAtTarget, type TargetLook } from '../../target/look.ts'
import { readModules } from '../../target/modules/read-modules.ts'
import type { RunSettings } from '../../world/settings.ts'

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
  return lookAtTarget(target, { progress, cache: cacheDir })
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

interface Built {
  readonly toplevel: { readonly path: string }
  readonly diskScript: { readonly path: string } | null
}

interface Inputs {
  readonly host: string
  readonly built: Built
  readonly settings: Pick<RunSettings, 'offline' | 'target' | 'aboutTarget'>
  readonly progress: Progress
}

/** @throws NixRefused when something of it does not evaluate; EnvironmentBroken without Nix, or for what is not in its store */
export async function hostInputs(
  { nix, scratch, subject }: OpenFlake,
  { host, built, settings, progress }: Inputs,
): Promise<HostInputs> {
  const asked = subject()
  const needs = await evaluateNeeds(asked, host, { nix, scratch, progress, offline: settings.offline })
  const { diskScript, toplevel } = built
  const { kexec } = settings.aboutTarget ?? {}
  return {
    needs,
    layout: await asked.layout(host),
    modules: await modulesOf(toplevel.path, nix),
    script: diskScript && (await sizeOf(diskScript.path, nix)),
    entry: needs.sshd ? await entryOf(asked, host, settings.target) : HELD,
    ...(kexec === undefined ? {} : { installer: await installerSize(kexec) }),
  }
}

async function modulesOf(toplevel: string, { toolchain }: Nix): Promise<HostInputs['modules']> {
  try {
    return { is: await readModules(toplevel, toolchain) }
  } catch (error) {
    if (error instanceof EnvironmentBroken) return { unknown: error.message }
    throw error
  }
}

async function sizeOf(path: string, nix: Nix): Promise<number> {
  try {
    return closureSize(path, await nix.closure(path, { subject: `How large ${path} is cannot be seen` }))
  } catch (error) {
    if (!(error instanceof NixcumberError) || error.exitCode === 3) throw error
    throw new EnvironmentBroken(error.message, { cause: error })
  }
}

/** Whether the key by which the target is entered gets into what is installed there. */
async function entryOf(subject: Subject, host: string, target: SshPlan | undefined): Promise<Judgement> {
  const error = judgeEntry(host, await subject.entry(host), await ownKeys(target?.identity), await subject.sources())
  return error === undefined ? HELD : judgementOf(error)
}

function judgementOf(error: NixcumberError): Judgement {
  const said = error.message.replaceAll(/\s+/g, ' ')
  return error.exitCode === 3 ? notKnown(said) : notHeld(said)
}
