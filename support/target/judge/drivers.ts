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
  /** Not loaded for any device (modprobe.d(5)). */
  readonly blacklisted: readonly string[]
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
    ...cards.map(name => isDriven(name, chain('net', name), needs)),
    ...needs.disks.map(({ device, isEarly }) => {
      const found = diskAt(facts, device)
      if ('judgement' in found) return found.judgement
      return isDriven(device, chain('block', found.disk.name), needs, isEarly ? initrd : undefined)
    }),
  ])
}

/** @param initrd modules that are there when the disk is first wanted; left out for what is wanted later */
function isDriven(
  subject: string,
  chain: readonly Modalias[],
  { modules, blacklisted }: DriverNeeds,
  initrd?: ReadonlySet<string>,
): Judgement {
  const kept = new Set(blacklisted.map(moduleName))
  const wanted = chain.filter(isAsked)
  if (wanted.length === 0) return notKnown(`nothing tells by what ${subject} is driven`)
  return together(
    wanted.map(({ alias, driver }) => {
      const all = driversFor(alias, driver, modules)
      const found = all.filter(name => !kept.has(name))
      const here = driver === undefined ? '' : `; here it is ${driver}`
      if (all.length === 0 && isDescribed(alias))
        return notKnown(`${subject}: whether the kernel has a driver for ${alias} is not known${here}`)
      if (all.length === 0) return notHeld(`${subject}: the kernel has no driver for ${alias}${here}`, { next: KERNEL })
      if (found.length === 0)
        return notHeld(`${subject}: ${all.join(' or ')} is blacklisted (${alias})`, { next: BLACKLIST })
      if (initrd === undefined || found.some(name => initrd.has(name))) return HELD
      return notHeld(`${subject}: ${found.join(' or ')} is not in the initrd (${alias})`, { next: INITRD })
    }),
  )
}

const KERNEL = 'another kernel (boot.kernelPackages), or a module beside it (boot.extraModulePackages)'
const BLACKLIST = 'boot.blacklistedKernelModules'
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
 * Bridges and hubs, through which a device is seen, are driven by the core of any kernel. `bc06` is the class of PCI bridges. Of what
 * firmware describes there are many devices that nothing drives.
 */
function isAsked({ alias, depth, driver }: Modalias): boolean {
  if ((depth > 0 || isDescribed(alias)) && driver === undefined) return false
  return !/^(?:dmi|cpu):/.test(alias) && !/^pci:.*bc06sc/.test(alias) && !(driver === 'usb' || driver === 'hub')
}

/** By ACPI, or by a device tree: drivers that are built in tell no such alias, and are called otherwise than their modules. */
const isDescribed = (alias: string): boolean => /^(?:acpi|of):/.test(alias)
