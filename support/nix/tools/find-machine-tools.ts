import { EnvironmentBroken } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { Toolbox } from '../toolbox/toolbox.ts'
import type { MachineTools, Toolchain } from '../toolchain.ts'
import { QEMU, readVersion } from '../version-bound.ts'
import { canHaveToolbox, type FindToolchainOptions, openToolbox } from './find-toolchain.ts'
import { HostQemu, lookFor } from './host-programs.ts'

/** What a machine says of the QEMU that it wants. */
export interface ToolsNeed {
  /** Nix has built it: it runs where Nix has its store. */
  readonly built: boolean
  /** Folder of the QEMU that its script starts, which then is the one. */
  readonly named?: string | undefined
}

export interface MachineToolsSources extends FindToolchainOptions {
  toolchain(): Promise<Toolchain>
  /** Builds the QEMU of the flake's own nixpkgs; gives its folder, or why there is none. */
  fromFlake(): Promise<{ readonly folder: string } | { readonly lack: string }>
}

/**
 * QEMU for one machine: the one that its script names, PATH's when it is new enough, that of the flake's own nixpkgs, the toolbox's.
 * @throws EnvironmentBroken when none of them can be had
 */
export async function findMachineTools(sources: MachineToolsSources, need: ToolsNeed): Promise<MachineTools> {
  const { offline, env = process.env } = sources
  const nix = offline || need.built ? await sources.toolchain() : undefined
  if (nix instanceof Toolbox) return nix
  if (need.named !== undefined) return inStore(need.named, "the machine's own, ", sources)
  const found = await lookFor(QEMU, env)
  return 'path' in found ? new HostQemu(found, '', env) : elsewhere(sources, found.lack)
}

/** There is none in PATH. */
async function elsewhere(sources: MachineToolsSources, lack: string): Promise<MachineTools> {
  const nix = await sources.toolchain()
  if (nix instanceof Toolbox) return nix
  const built = await sources.fromFlake()
  if ('folder' in built) return inStore(built.folder, "of the flake's nixpkgs, ", sources)
  if (await canHaveToolbox(sources)) return openToolbox(sources, `${lack}; ${built.lack}`)
  throw noQemu(`${lack}; ${built.lack}; and no apt, from whose Debian packages a toolbox could be made`)
}

/** Whatever its version: a machine is run by what it was built with. That it is old is said, for crashes are told as the surroundings' fault. */
async function inStore(
  folder: string,
  whose: string,
  { env = process.env, progress }: FindToolchainOptions,
): Promise<MachineTools> {
  const found = await lookFor({ ...QEMU, least: [0, 0] }, env, folder)
  if ('lack' in found) throw noQemu(found.lack)
  if (!readVersion(found.version)?.isAtLeast(QEMU.least))
    progress?.note(
      `QEMU ${found.version} is older than ${QEMU.least.join('.')}, and may crash where it emulates: ${folder}`,
    )
  return new HostQemu(found, whose, env)
}

const noQemu = (lack: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `QEMU is needed, and there is none that will do\n${rows({
      Expected: `${QEMU.program} ${QEMU.least.join('.')} or newer in PATH, or a flake with a host, whose nixpkgs has one`,
      Got: lack,
      Next: 'nix shell nixpkgs#qemu --command npx nixcumber run',
    })}`.trimEnd(),
  )

/** The folder of the QEMU that a `run-*-vm` starts, as NixOS writes it: by its path in the store. */
export const qemuFolderIn = (script: string): string | undefined =>
  /(\/nix\/store\/[0-9a-z]{32}-[^\s"'/]+\/bin)\/qemu-(?:system-\w+|kvm)\b/.exec(script)?.[1]
