/** The hosts of a flake whose text names none: made by `mapAttrs` of what its modules declare, by den, or in an input. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NixcumberError } from '../../core/errors.ts'
import { silentProgress } from '../../core/progress.ts'
import { parseLocator } from '../../flake/locator.ts'
import { Subject } from '../../flake/subject.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { Nix } from '../../nix/evaluate/nix.ts'
import { Toolbox } from '../../nix/toolbox/toolbox.ts'
import { findToolchain } from '../../nix/tools/find-toolchain.ts'
import { lookFor } from '../../nix/tools/host-programs.ts'
import { NIX } from '../../nix/version-bound.ts'

/** Their names, or why they could not be had, in a line. */
export type HostsAsked = readonly string[] | { readonly lack: string }

/** Enough to download a nixpkgs over a slow line; a first feature is not worth more. */
const PATIENCE = 120_000

/** No toolbox is made for it. */
export async function askHosts(folder: string): Promise<HostsAsked> {
  const found = await lookFor(NIX, process.env)
  if ('lack' in found && !(await Toolbox.isMade(cacheFolder())))
    return { lack: `${found.lack}; nixcumber doctor tells more` }
  const scratch = await mkdtemp(join(tmpdir(), 'nixcumber-init-'))
  const signal = AbortSignal.timeout(PATIENCE)
  try {
    return await flakeIn(folder, scratch, await nixIn(scratch), signal).hosts()
  } catch (error) {
    if (!(error instanceof NixcumberError)) throw error
    return { lack: signal.aborted ? `Nix took longer than ${PATIENCE / 1000} s` : firstLine(error) }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

const nixIn = async (logDir: string): Promise<Nix> =>
  new Nix({ toolchain: await findToolchain({ offline: false }), logDir, cacheDir: cacheFolder(), offline: false })

const flakeIn = (folder: string, scratch: string, nix: Nix, signal: AbortSignal): Subject =>
  new Subject(parseLocator('.', folder), { nix, offline: false, scratch, progress: silentProgress, signal })

const firstLine = ({ message }: NixcumberError): string => message.split('\n', 1)[0] ?? ''
