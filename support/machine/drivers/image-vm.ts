import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { refuse } from '../../core/refusal.ts'
import { qemuFolderIn } from '../../nix/tools/find-machine-tools.ts'
import { ConsoleShell } from '../../shell/console-login.ts'
import { hearingRefusals } from '../../shell/hindrance.ts'
import { LoginAccess } from '../access/login-access.ts'
import { openVmSsh } from '../access/vm-ssh.ts'
import type { ImagePlan } from '../machine.ts'
import type { Accelerator } from '../qemu/accelerator.ts'
import { acceleratorOptions, qmpOptions, scriptEnvironment } from '../qemu/options.ts'
import { makeOverlay } from '../qemu/qemu-img.ts'
import type { BootTarget, QemuSpec, QemuStart } from '../vm/boot.ts'

/** How QEMU is started for a machine that was built elsewhere, and how one gets in. */
export const imageSpec = (plan: ImagePlan): QemuSpec => ({
  plan,
  escapes: 'script' in plan.source,
  tools: async () => ({
    built: false,
    named: 'script' in plan.source ? qemuFolderIn(await scriptOf(plan.source.script)) : undefined,
  }),
  start: where =>
    'script' in plan.source ? startScript(plan.source.script, where) : startFolder(plan.source.folder, where),
  openAccess: inside =>
    new LoginAccess(inside, async via => {
      if (via === 'ssh') return openVmSsh({ port: await inside.forward(22), ...plan.login })
      const shell = ConsoleShell.open({ console: inside.console, login: plan.login, isOff: inside.isOff })
      return hearingRefusals(shell, () => shell.restraint)
    }),
})

async function startScript(script: string, { dir, accelerator }: BootTarget): Promise<QemuStart> {
  const text = await scriptOf(script)
  const options = [...qmpOptions(dir), ...acceleratorOptions(text, accelerator), ...consoleOptions(text)]
  return { argv: [script], env: scriptEnvironment(dir, options) }
}

const scriptOf = (script: string): Promise<string> =>
  readFile(script, 'utf8').catch(cause => {
    throw refuse({ what: `The script of a machine cannot be read: ${script}`, next: String(cause) })
  })

/** A script with a window has its serial line there; one without has the console on its standard streams already. */
const consoleOptions = (script: string): string[] => (/-nographic\b|\bstdio\b/.test(script) ? [] : ['-nographic'])

const DISKS = { 'disk.qcow2': 'qcow2', 'disk.raw': 'raw' } as const
const MEMORY_MIB = 1024

async function startFolder(folder: string, where: BootTarget): Promise<QemuStart> {
  const disk = (['disk.qcow2', 'disk.raw'] as const).find(name => existsSync(join(folder, name)))
  if (!disk)
    throw refuse({
      what: `${folder} holds no machine`,
      expected: 'disk.raw or disk.qcow2, and kernel, initrd, cmdline beside it',
    })
  const overlay = join(where.dir, 'disk.qcow2')
  await makeOverlay({ disk: join(folder, disk), format: DISKS[disk], overlay }, where)
  const cmdline = await readFile(join(folder, 'cmdline'), 'utf8').catch(() => '')
  const direct = existsSync(join(folder, 'kernel')) ? directBoot(folder, cmdline) : []
  const argv = [
    'qemu-system-x86_64',
    ...hardware(where.accelerator),
    ...consoleDevice(cmdline),
    ...drive(overlay),
    ...direct,
    ...qmpOptions(where.dir),
  ] as const
  return { argv, env: {} }
}

const hardware = (accelerator: Accelerator): string[] => [
  // A display that only QEMU sees: sentences about the screen, and keys, need one, and every computer has one.
  ...['-nodefaults', '-no-user-config', '-device', 'VGA', '-display', 'none', '-cpu', 'max'],
  ...['-m', String(MEMORY_MIB), '-smp', String(Math.min(2, availableParallelism()))],
  ...acceleratorOptions('', accelerator),
  ...['-netdev', 'user,id=user.0', '-device', 'virtio-net-pci,netdev=user.0', '-device', 'virtio-rng-pci'],
]

/** The last console= of the kernel's command line gets the login. */
function consoleDevice(cmdline: string): string[] {
  const last = [...cmdline.matchAll(/\bconsole=(\w+)/g)].at(-1)?.[1] ?? 'ttyS0'
  const line = ['-chardev', 'stdio,id=console,signal=off']
  if (last.startsWith('hvc')) return [...line, '-device', 'virtio-serial-pci', '-device', 'virtconsole,chardev=console']
  return [...line, '-serial', 'chardev:console']
}

const drive = (file: string): string[] => [
  ...['-drive', `if=none,id=disk,file=${file},format=qcow2`, '-device', 'virtio-blk-pci,drive=disk'],
]

const directBoot = (folder: string, cmdline: string): string[] => [
  ...['-kernel', join(folder, 'kernel'), '-append', cmdline.trim()],
  ...(existsSync(join(folder, 'initrd')) ? ['-initrd', join(folder, 'initrd')] : []),
]
