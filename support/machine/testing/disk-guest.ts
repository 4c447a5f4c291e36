/**
 * A machine that firmware starts from disks of its own, entered by credentials: nothing of it is nixcumber's. Also the machine that puts a
 * system on such disks, which is a `run-*-vm`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { resolveStoreLink } from '../../nix/resolve-link.ts'
import { OWN_MACHINE } from '../abilities.ts'
import { AgentAccess } from '../access/agent-access.ts'
import { agentCredentials } from '../access/agent-credentials.ts'
import type { MachinePlan } from '../machine.ts'
import type { PromptAnswer } from '../prompt-answer.ts'
import { type Firmware, firmwareOptions } from '../qemu/firmware.ts'
import { acceleratorOptions, agentOptions, kernelParameters, qmpOptions, scriptEnvironment } from '../qemu/options.ts'
import type { BootTarget, QemuSpec } from '../vm/boot.ts'

const planOf = (name: string, answers: readonly PromptAnswer[] = []): MachinePlan => ({
  kind: 'image',
  name,
  answers,
  abilities: { ...OWN_MACHINE, keepable: false },
})

const enterByAgent: QemuSpec['openAccess'] = ({ dir }) =>
  new AgentAccess(dir, () => Promise.reject(new Error('it is entered by its agent alone')))

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

export const diskGuest = ({ name, disks, firmware, answers, direct }: DiskGuest): QemuSpec => ({
  plan: planOf(name, answers),
  escapes: false,
  tools: async () => ({ built: false }),
  async start(where) {
    return {
      argv: [
        'qemu-system-x86_64',
        ...HARDWARE,
        ...disks.flatMap(diskOptions),
        ...(await firmwareOptions(firmware, where)),
        ...(direct === undefined ? [] : directly(direct)),
        ...(await agentsWay(where)),
        ...acceleratorOptions('', where.accelerator),
      ],
      env: {},
    }
  },
  openAccess: enterByAgent,
})

/** @param vm what was built for a host with qemu-vm.nix; its empty disks are left in the folder of its QEMU */
export const scriptGuest = (name: string, vm: string): QemuSpec => ({
  plan: planOf(name),
  escapes: true,
  answersAsTerminal: true,
  tools: async () => ({ built: true }),
  async start(where) {
    const { dir, accelerator, tools } = where
    const folder = join(vm, 'bin')
    const script = readdirSync(tools.realPath(folder)).find(file => /^run-.*-vm$/.test(file)) ?? ''
    const text = readFileSync(await resolveStoreLink(tools, join(folder, script)), 'utf8')
    const options = [...(await agentsWay(where)), ...acceleratorOptions(text, accelerator)]
    return { argv: [join(folder, script)], env: scriptEnvironment(dir, options, kernelParameters(text, accelerator)) }
  },
  openAccess: enterByAgent,
})

const agentsWay = async ({ dir }: BootTarget): Promise<string[]> => [
  ...agentOptions(dir),
  ...(await agentCredentials(cacheFolder())),
  ...qmpOptions(dir),
]

const HARDWARE = [
  ...['-nodefaults', '-no-user-config', '-display', 'none', '-cpu', 'max', '-m', '1024', '-smp', '2'],
  ...['-chardev', 'stdio,id=console,signal=off', '-serial', 'chardev:console'],
  ...['-netdev', 'user,id=user.0', '-device', 'virtio-net-pci,netdev=user.0', '-device', 'virtio-rng-pci'],
]

const directly = (toplevel: string): string[] => [
  ...['-kernel', `${toplevel}/kernel`, '-initrd', `${toplevel}/initrd`],
  ...['-append', `init=${toplevel}/init console=ttyS0`],
]

const diskOptions = ({ file, serial }: Disk): string[] => [
  ...['-drive', `file=${file},format=qcow2,if=none,id=${serial},cache=unsafe`],
  ...['-device', `virtio-blk-pci,drive=${serial},serial=${serial}`],
]
