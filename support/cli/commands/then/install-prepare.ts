/** What an installation needs is there and of use, before the host is judged: that takes minutes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Progress } from '../../../core/progress.ts'
import { type Anywhere, findAnywhere } from '../../../deploy/install/anywhere/anywhere.ts'
import { proveOurSsh } from '../../../deploy/install/anywhere/uses-our-ssh.ts'
import { isInstaller, saidOs } from '../../../deploy/install/installer.ts'
import { type KexecFile, kexecFile, withoutKexecFile } from '../../../deploy/install/kexec-file.ts'
import { openOwnSsh } from '../../../deploy/own-ssh.ts'
import type { FlakeLocator } from '../../../flake/locator.ts'
import { type OpenFlake, openFlake } from '../../../gate/open-flake.ts'
import type { SshPlan } from '../../../machine/machine.ts'
import { parseTarget } from '../../../target/facts.ts'
import { lookAtTarget } from '../../../target/look.ts'
import type { RunSettings } from '../../../world/settings.ts'
import type { HostScenarios } from '../gate-scenarios.ts'
import { chooseLive, type LiveFeatures } from './live.ts'
import type { Wanted } from './ways.ts'

export interface PreparedInstall extends Wanted {
  readonly live: LiveFeatures
  /** Of the target's host key, as it was before the host was judged. */
  readonly fingerprint: string
  readonly anywhere: Anywhere
  readonly tarball: KexecFile | undefined
}

interface Surroundings {
  readonly settings: RunSettings
  readonly locator: FlakeLocator
  readonly progress: Progress
}

/** The target answers as the one that is meant, an installer can be had there, and something can be asked of the host. @throws NixcumberError */
export async function prepareInstall(
  wanted: Wanted,
  scenarios: HostScenarios,
  around: Surroundings,
): Promise<PreparedInstall> {
  const live = await chooseLive(scenarios, wanted.plan)
  const tarball = wanted.kexec === undefined ? undefined : await kexecFile(wanted.kexec)
  const fingerprint = await fingerprintOf(wanted.plan)
  await refuseWithoutInstaller(wanted.plan, tarball, around)
  return { ...wanted, live, fingerprint, tarball, anywhere: await anywhereFor(around) }
}

async function fingerprintOf(plan: SshPlan): Promise<string> {
  using ssh = await openOwnSsh(plan)
  return ssh.fingerprint
}

async function refuseWithoutInstaller(
  plan: SshPlan,
  tarball: KexecFile | undefined,
  { settings, progress }: Surroundings,
): Promise<void> {
  const { said } = await lookAtTarget(plan, { progress, cache: settings.cacheDir })
  const facts = parseTarget({ stdout: said })
  if (tarball === undefined && !isInstaller(facts)) throw withoutKexecFile(saidOs(facts))
}

/** @throws EnvironmentBroken for one that lacks what is needed, or has an ssh of its own */
async function anywhereFor({ settings, locator, progress }: Surroundings): Promise<Anywhere> {
  const { offline, cacheDir } = settings
  using flake = await openFlake({ ...settings, locator, strict: { importFromDerivation: false }, progress })
  const programs = flake.nix.toolchain
  const build = (): Promise<string | undefined> => buildAnywhere(flake, cacheDir)
  const anywhere = await findAnywhere({ offline, programs, env: process.env, build })
  const folder = await mkdtemp(join(tmpdir(), 'nixcumber-anywhere-'))
  const none = { bin: '', target: '', diskScript: folder, toplevel: folder }
  await proveOurSsh({ anywhere, programs, folder, cacheDir, ...none }).finally(() => rm(folder, { recursive: true }))
  return anywhere
}

async function buildAnywhere({ nix, subject }: OpenFlake, cacheDir: string): Promise<string | undefined> {
  const derivation = await subject().nixosAnywhere()
  if (derivation === undefined) return undefined
  const link = join(cacheDir, 'gcroots', 'nixos-anywhere')
  return nix.build(derivation, link, { subject: "nixos-anywhere of the flake's nixpkgs does not build" })
}
