import { constants } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuseOtherNames } from '../install/boot-names.ts'
import { refuseNamedOwners } from '../install/handed-files.ts'
import { install } from '../install/install.ts'
import { ownDisksSpec } from '../install/own-disks.ts'
import { passphraseAnswers } from '../install/passphrase.ts'
import { targetDisks } from '../install/target-disks.ts'
import { diskFile, targetOptions } from '../install/target-options.ts'
import type { BootContext, InstalledPlan } from '../machine.ts'
import type { QemuSpec } from '../vm/boot.ts'

/** How QEMU is started for a host on its own disks. @throws NotSupported for disks that cannot be had */
export function installedSpec(plan: InstalledPlan, context: BootContext): QemuSpec {
  const disks = targetDisks(plan.name, plan.devices, plan)
  refuseOtherNames(plan.name, plan.waitsFor, disks)
  refuseNamedOwners(plan.name, context.handed ?? [])
  const targets = join(context.runtimeDir, 'i')
  const { firmware, qemu } = plan
  return ownDisksSpec({
    ...{ plan, firmware, qemu, cache: context.cache },
    answers: passphraseAnswers(plan),
    prepare: ({ tools }) => install(plan, disks, targets, { context, tools }),
    async disks({ dir }) {
      // A second try begins as the first one did.
      for (const disk of disks) await copyFile(diskFile(targets, disk), diskFile(dir, disk), constants.COPYFILE_FICLONE)
      return targetOptions(disks, dir)
    },
    more: bootParameters(plan),
  })
}

/** systemd-boot takes them from the firmware's tables, and adds them to those of the entry (smbios-type-11(7), systemd 256 and newer). */
const bootParameters = ({ luks: { kernelParameters } }: InstalledPlan): string[] =>
  kernelParameters === undefined
    ? []
    : ['-smbios', `type=11,value=io.systemd.boot.kernel-cmdline-extra=${kernelParameters}`]
