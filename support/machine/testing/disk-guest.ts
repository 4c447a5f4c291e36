/** Machines on disks of their own, and what puts a system there, for tests that make those disks themselves. */
import { cacheFolder } from '../../nix/cache-folder.ts'
import { OWN_MACHINE } from '../abilities.ts'
import { ownDisksSpec } from '../install/own-disks.ts'
import { scriptSpec } from '../install/rescue-vm.ts'
import type { MachinePlan } from '../machine.ts'
import type { PromptAnswer } from '../prompt-answer.ts'
import type { Firmware } from '../qemu/firmware.ts'
import type { QemuSpec } from '../vm/boot.ts'

const planOf = (name: string): MachinePlan => ({ kind: 'image', name, abilities: { ...OWN_MACHINE, keepable: false } })

export interface Disk {
  /** A qcow2, which is written to. */
  readonly file: string
  readonly serial: string
}

export interface DiskGuest {
  readonly name: string
  readonly disks: readonly Disk[]
  readonly firmware: Firmware
  /** What is typed when it asks. */
  readonly answers?: readonly PromptAnswer[]
  /** The store path of a system whose kernel is started without a boot loader. */
  readonly direct?: string
}

export const diskGuest = ({ name, disks, firmware, answers = [], direct }: DiskGuest): QemuSpec =>
  ownDisksSpec({
    ...{ plan: planOf(name), firmware, answers, cache: cacheFolder() },
    disks: async () => disks.flatMap(diskOptions),
    more: direct === undefined ? [] : directly(direct),
  })

/** @param vm what was built for a host with qemu-vm.nix; its empty disks are left in the folder of its QEMU */
export const scriptGuest = (name: string, vm: string): QemuSpec =>
  scriptSpec(planOf(name), { vm, cache: cacheFolder() })

const directly = (toplevel: string): string[] => [
  ...['-kernel', `${toplevel}/kernel`, '-initrd', `${toplevel}/initrd`],
  ...['-append', `init=${toplevel}/init console=ttyS0`],
]

const diskOptions = ({ file, serial }: Disk): string[] => [
  ...['-drive', `file=${file},format=qcow2,if=none,id=${serial},cache=unsafe`],
  ...['-device', `virtio-blk-pci,drive=${serial},serial=${serial}`],
]
