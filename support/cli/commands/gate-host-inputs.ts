/** What the host needs of its target, asked of the flake that is judged. */
import { EnvironmentBroken, NixcumberError } from '../../core/errors.ts'
import type { Progress } from '../../core/progress.ts'
import { judgeEntry } from '../../flake/entry/judge-entry.ts'
import { ownKeys } from '../../flake/entry/own-keys.ts'
import { evaluateNeeds } from '../../flake/plan/host-needs.ts'
import type { Subject } from '../../flake/subject.ts'
import type { OpenFlake } from '../../gate/open-flake.ts'
import type { HostInputs } from '../../gate/target/preflight.ts'
import type { SshPlan } from '../../machine/machine.ts'
import { closureSize } from '../../nix/closure-size.ts'
import type { Nix } from '../../nix/evaluate/nix.ts'
import { installerSize } from '../../target/installer-size.ts'
import { HELD, type Judgement, notHeld, notKnown } from '../../target/judgement.ts'
import { readModules } from '../../target/modules/read-modules.ts'
import type { RunSettings } from '../../world/settings.ts'

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
