/** Whether the kernel of a host drives the disks and network cards of a target, the disks from its initrd on. Pure. */

import type { Modalias } from '../facts/hardware.ts'
import type { TargetFacts } from '../facts.ts'
import { HELD, type Judgement, notHeld, notItsOwn, notKnown, together } from '../judgement.ts'
import { type KernelModules, moduleName } from '../modules/kernel-modules.ts'
import { diskAt } from './disks.ts'

export interface DriverNeeds {
  readonly modules: KernelModules
  /** Of its initrd, without what they need themselves. */
  readonly initrdModules: readonly string[]
  /** Of the layout. */
  readonly disks: readonly { readonly device: string; readonly isEarly: boolean }[]
}

/** Every network card that has a device behind it, and the disks of the layout. */
export function haveDrivers(facts: TargetFacts, needs: DriverNeeds): Judgement {
  const { modaliases } = facts
  const other = notItsOwn(facts)
  if (other) return other
  if ('unknown' in modaliases) return notKnown(modaliases)
  const initrd = needs.modules.withNeeded(needs.initrdModules)
  const cards = [...new Set(modaliases.is.filter(one => one.class === 'net').map(({ name }) => name))]
  const chain = (kind: Modalias['class'], name: string): Modalias[] =>
    modaliases.is.filter(one => one.class === kind && one.name === name)
  return together([
    ...(cards.length === 0 ? [notKnown('it has no network card that tells what it is')] : []),
    ...cards.map(name => isDriven(name, chain('net', name), needs.modules)),
    ...needs.disks.map(({ device, isEarly }) => {
      const found = diskAt(facts, device)
      if ('judgement' in found) return found.judgement
      return isDriven(device, chain('block', found.disk.name), needs.modules, isEarly ? initrd : undefined)
    }),
  ])
}

/** @param initrd modules that are there when the disk is first wanted; left out for what is wanted later */
function isDriven(
  subject: string,
  chain: readonly Modalias[],
  modules: KernelModules,
  initrd?: ReadonlySet<string>,
): Judgement {
  const wanted = chain.filter(isAsked)
  if (wanted.length === 0) return notKnown(`nothing tells by what ${subject} is driven`)
  return together(
    wanted.map(({ alias, driver }) => {
      const found = driversFor(alias, driver, modules)
      const here = driver === undefined ? '' : `; here it is ${driver}`
      if (found.length === 0)
        return notHeld(`${subject}: the kernel has no driver for ${alias}${here}`, { next: KERNEL })
      if (initrd === undefined || found.some(name => initrd.has(name))) return HELD
      return notHeld(`${subject}: ${found.join(' or ')} is not in the initrd (${alias})`, { next: INITRD })
    }),
  )
}

const KERNEL = 'another kernel (boot.kernelPackages), or a module beside it (boot.extraModulePackages)'
const INITRD = 'boot.initrd.availableKernelModules'

/** The one that drives it now, where it is among several that could. */
function driversFor(alias: string, driver: string | undefined, modules: KernelModules): readonly string[] {
  const now = driver === undefined ? undefined : moduleName(driver)
  const found = modules.wantedBy(alias)
  if (now !== undefined && found.includes(now)) return [now]
  // What is built in tells no aliases before Linux 5.2.
  return found.length === 0 && now !== undefined && modules.has(now) ? [now] : found
}

/**
 * Bridges and hubs, through which a device is seen, are driven by the core of any kernel; so is what ACPI tells of a device that tells
 * itself. `bc06` is the class of PCI bridges.
 */
function isAsked({ alias, depth, driver }: Modalias): boolean {
  if (depth > 0 && driver === undefined) return false
  return !/^(?:acpi|dmi|cpu|of):/.test(alias) && !/^pci:.*bc06sc/.test(alias) && !(driver === 'usb' || driver === 'hub')
}
