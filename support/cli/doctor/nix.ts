/** Nix, found and tried as a run does it; no toolbox is made for it. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EnvironmentBroken } from '../../core/errors.ts'
import { silentProgress } from '../../core/progress.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { Nix } from '../../nix/evaluate/nix.ts'
import { Toolbox } from '../../nix/toolbox/toolbox.ts'
import type { Toolchain } from '../../nix/toolchain.ts'
import { canMakeToolbox } from '../../nix/tools/can-make.ts'
import { findToolchain } from '../../nix/tools/find-toolchain.ts'
import { lookFor } from '../../nix/tools/host-programs.ts'
import { NIX } from '../../nix/version-bound.ts'
import { broken, type Finding } from './finding.ts'

export interface NixFound {
  readonly findings: readonly Finding[]
  /** Absent when there is none yet, or none that works. */
  readonly toolchain?: Toolchain
}

export async function nix(): Promise<NixFound> {
  const found = await lookFor(NIX, process.env)
  try {
    if ('lack' in found && !found.isMisconfigured && !(await Toolbox.isMade(cacheFolder())))
      return { findings: [await toolboxToBe(found.lack)] }
    const toolchain = await findToolchain({ offline: false, progress: silentProgress })
    const findings = await tryNix(toolchain)
    return findings.some(({ state }) => state === 'bad') ? { findings } : { findings, toolchain }
  } catch (error) {
    return { findings: [broken('Nix', error)] }
  }
}

/** The first run makes it; whether it could is tried as far as it can be without. @throws EnvironmentBroken */
async function toolboxToBe(lack: string): Promise<Finding> {
  const mirror = await canMakeToolbox(lack)
  const fact = `${lack}: the first run makes a toolbox of Debian packages in the cache (450 MB, once), from ${mirror}`
  return { what: 'Nix', state: 'good', fact }
}

async function tryNix(toolchain: Toolchain): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'nixcumber-doctor-'))
  const asked = new Nix({ toolchain, logDir: folder, cacheDir: cacheFolder(), offline: false })
  const said = `${toolchain.nixVersion}, ${toolchain.why}`
  try {
    const { value } = await asked.eval({ expression: derivation(Date.now()) }, { subject: `Nix ${said} does not work` })
    return [
      { what: 'Nix', state: 'good', fact: `${said}: evaluated with flakes on` },
      await build(asked, value, folder),
    ]
  } catch (error) {
    return [broken('Nix', error)]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Built anew each time; some bytes that the next garbage collection takes. */
const derivation = (nonce: number): string => `assert builtins ? getFlake; (derivation {
  name = "nixcumber-doctor"; system = builtins.currentSystem; builder = "/bin/sh"; args = [ "-c" "echo ${nonce} > $out" ];
}).drvPath`

async function build(asked: Nix, drvPath: unknown, folder: string): Promise<Finding> {
  const subject = 'A tiny derivation does not build'
  try {
    const path = await asked.build(String(drvPath), join(folder, 'result'), { subject })
    return existsSync(asked.toolchain.realPath(path)) ? built(path) : elsewhere(path)
  } catch (error) {
    // A sandbox without /bin/sh builds NixOS all the same.
    return broken('Nix store', error, error instanceof EnvironmentBroken ? 'bad' : 'poor')
  }
}

const { NIX_REMOTE } = process.env
const built = (path: string): Finding => ({
  what: 'Nix store',
  state: 'good',
  fact: `a tiny derivation was built${NIX_REMOTE ? ` through NIX_REMOTE=${NIX_REMOTE}` : ''}: ${path}`,
})

/** A store within another folder (nix.conf "store", or a Nix without a /nix of its own). */
const elsewhere = (path: string): Finding => ({
  what: 'Nix store',
  state: 'bad',
  fact: `Nix has built ${path}, and it is not there`,
  remedy: 'scripts of machines are started by their path: let Nix use the store in /nix/store',
})
