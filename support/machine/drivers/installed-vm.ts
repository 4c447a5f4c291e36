import { constants } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AgentAccess } from '../access/agent-access.ts'
import { agentCredentials } from '../access/agent-credentials.ts'
import { install } from '../install/install.ts'
import { onlyByAgent } from '../install/rescue-vm.ts'
import { diskFile, targetDisks, targetOptions } from '../install/target-disks.ts'
import type { BootContext, InstalledPlan } from '../machine.ts'
import { firmwareOptions } from '../qemu/firmware.ts'
import { acceleratorOptions, agentOptions, qmpOptions } from '../qemu/options.ts'
import type { QemuSpec } from '../vm/boot.ts'

/** How QEMU is started for a host on its own disks: nothing of it is nixcumber's but what its firmware tells. */
export function installedSpec(plan: InstalledPlan, context: BootContext): QemuSpec {
  const disks = targetDisks(plan.name, plan.devices, plan.drivers)
  const targets = join(context.runtimeDir, 'i')
  return {
    plan,
    escapes: false,
    tools: async () => ({ built: false, named: plan.qemu }),
    prepare: ({ tools }) => install(plan, disks, targets, { context, tools }),
    async start(where) {
      const { dir, accelerator } = where
      // A second try begins as the first one did.
      for (const disk of disks) await copyFile(diskFile(targets, disk), diskFile(dir, disk), constants.COPYFILE_FICLONE)
      return {
        argv: [
          'qemu-system-x86_64',
          ...hardware(plan),
          ...targetOptions(disks, dir),
          ...(await firmwareOptions(plan.firmware, where)),
          ...agentOptions(dir),
          ...(await agentCredentials(context.cache)),
          ...qmpOptions(dir),
          ...acceleratorOptions('', accelerator),
        ],
        env: {},
      }
    },
    openAccess: ({ dir }) => new AgentAccess(dir, onlyByAgent(plan.name)),
  }
}

/** What is reserved for it, where nothing else is said. */
const MEMORY_MIB = 1024

const hardware = ({ memoryMiB = MEMORY_MIB }: InstalledPlan): string[] => [
  // A display that only QEMU sees: sentences about the screen, and keys, need one, and every computer has one.
  ...['-nodefaults', '-no-user-config', '-device', 'VGA', '-display', 'none', '-cpu', 'max'],
  ...['-m', String(memoryMiB), '-smp', '1'],
  ...['-chardev', 'stdio,id=console,signal=off', '-serial', 'chardev:console'],
  ...['-netdev', 'user,id=user.0', '-device', 'virtio-net-pci,netdev=user.0', '-device', 'virtio-rng-pci'],
]
