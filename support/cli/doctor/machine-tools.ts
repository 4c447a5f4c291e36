/** QEMU, found as a run finds it, and whether KVM answers. */
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { findAccelerator } from '../../machine/qemu/accelerator.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { Toolbox } from '../../nix/toolbox/toolbox.ts'
import type { MachineTools, Toolchain } from '../../nix/toolchain.ts'
import { HostQemu, lookFor } from '../../nix/tools/host-programs.ts'
import { qemuRoot } from '../../nix/tools/qemu-root.ts'
import { QEMU } from '../../nix/version-bound.ts'
import { broken, type Finding } from './finding.ts'

const DEVICE = '/dev/kvm'

export async function machineTools(toolchain: Toolchain | undefined): Promise<Finding[]> {
  const found = toolchain instanceof Toolbox ? toolchain : await qemuHere()
  if (!('lack' in found))
    return [{ what: 'QEMU', state: 'good', fact: `${found.qemuVersion}, ${found.why}` }, await accelerator(found)]
  if (toolchain === undefined) return [device()]
  const fact = `${found.lack}: Nix builds or fetches that of the flake's own nixpkgs with the first machine`
  return [{ what: 'QEMU', state: 'good', fact }, device()]
}

/** What an earlier run has had from Nix, or PATH's. */
async function qemuHere(): Promise<MachineTools | { readonly lack: string }> {
  const kept = await lookFor({ ...QEMU, least: [0, 0] }, process.env, join(qemuRoot(cacheFolder()), 'bin'))
  if ('path' in kept) return new HostQemu(kept, 'kept from an earlier machine, ', process.env)
  const found = await lookFor(QEMU, process.env)
  return 'path' in found ? new HostQemu(found, '', process.env) : found
}

async function accelerator(tools: MachineTools): Promise<Finding> {
  try {
    const { name, why } = await findAccelerator(tools, cacheFolder())
    return name === 'kvm' ? { what: 'accelerator', state: 'good', fact: why } : emulation(why)
  } catch (error) {
    return broken('accelerator', error)
  }
}

/** Without a QEMU there is nothing that could try it. */
function device(): Finding {
  if (!existsSync(DEVICE)) return emulation(`there is no ${DEVICE}`)
  try {
    accessSync(DEVICE, constants.R_OK | constants.W_OK)
    return {
      what: 'accelerator',
      state: 'good',
      fact: `${DEVICE} may be used; whether it works is tried with the first machine`,
    }
  } catch {
    return emulation(`this user may not use ${DEVICE}`)
  }
}

const emulation = (why: string): Finding => ({
  what: 'accelerator',
  state: 'poor',
  fact: `emulation, because ${why}`,
  remedy: `machines boot in half a minute instead of seconds; ${remedy(why)}`,
})

function remedy(why: string): string {
  if (!existsSync(DEVICE)) return 'load kvm_intel or kvm_amd, or enable virtualisation in the firmware'
  if (/may not use|[Pp]ermission/.test(why)) return 'let this user use it: add it to the group "kvm", and log in again'
  return 'on a virtual computer ask its owner for nested virtualisation'
}
