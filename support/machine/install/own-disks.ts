/** A machine that firmware starts from disks of its own, entered by credentials: nothing of it is nixcumber's but what its firmware tells. */
import { AgentAccess } from '../access/agent-access.ts'
import { agentCredentials } from '../access/agent-credentials.ts'
import type { MachinePlan } from '../machine.ts'
import { type Firmware, firmwareOptions } from '../qemu/firmware.ts'
import { acceleratorOptions, agentOptions, qmpOptions } from '../qemu/options.ts'
import type { BootTarget, QemuSpec } from '../vm/boot.ts'
import { onlyByAgent } from './rescue-vm.ts'

export interface OwnDisks extends Pick<QemuSpec, 'answers' | 'prepare'> {
  readonly plan: MachinePlan
  readonly firmware: Firmware
  readonly cache: string
  /** Folder of its QEMU. */
  readonly qemu?: string | undefined
  /** QEMU's arguments for its disks, which are then there. */
  disks(where: BootTarget): Promise<readonly string[]>
  /** Further ones. */
  readonly more?: readonly string[]
}

export const ownDisksSpec = ({ plan, firmware, cache, qemu, disks, more = [], ...rest }: OwnDisks): QemuSpec => ({
  ...rest,
  plan,
  escapes: false,
  tools: async () => ({ built: false, named: qemu }),
  async start(where) {
    return {
      argv: [
        'qemu-system-x86_64',
        ...hardware(plan),
        ...(await disks(where)),
        ...(await firmwareOptions(firmware, where)),
        ...more,
        ...agentOptions(where.dir),
        ...(await agentCredentials(cache)),
        ...qmpOptions(where.dir),
        ...acceleratorOptions('', where.accelerator),
      ],
      env: {},
    }
  },
  openAccess: ({ dir }) => new AgentAccess(dir, onlyByAgent(plan.name)),
})

/** What is reserved for it, where nothing else is said. */
const MEMORY_MIB = 1024

const hardware = ({ memoryMiB = MEMORY_MIB }: MachinePlan): string[] => [
  // A display that only QEMU sees: sentences about the screen, and keys, need one, and every computer has one.
  ...['-nodefaults', '-no-user-config', '-device', 'VGA', '-display', 'none', '-cpu', 'max'],
  ...['-m', String(memoryMiB), '-smp', '1'],
  ...['-chardev', 'stdio,id=console,signal=off', '-serial', 'chardev:console'],
  ...['-netdev', 'user,id=user.0', '-device', 'virtio-net-pci,netdev=user.0', '-device', 'virtio-rng-pci'],
]
