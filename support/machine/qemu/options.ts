import { EnvironmentBroken } from '../../core/errors.ts'
import type { Accelerator } from './accelerator.ts'
import { qmpSocket } from './process.ts'

/** Where QEMU serves the harness's port. */
export const agentSocket = (dir: string): string => `${dir}/agent`

export const qmpOptions = (dir: string): string[] => ['-qmp', `unix:${qmpSocket(dir)},server=on,wait=off`]

/** The port of the harness module, on a bus of its own: on nixos-shell's the console has the numbers. */
export const agentOptions = (dir: string): string[] => [
  ...['-device', 'virtio-serial-pci,id=nixcumber'],
  ...['-chardev', `socket,id=nixcumber,path=${agentSocket(dir)},server=on,wait=off`],
  ...['-device', 'virtserialport,bus=nixcumber.0,chardev=nixcumber,name=nixcumber'],
]

/** Where QEMU serves the second serial port of the machine. */
export const earlySocket = (dir: string): string => `${dir}/early`

/** Whether the QEMU of the script is a PC: only there is a port at a fixed address, on the ISA bus. */
const isPc = (script: string): boolean => !/qemu-system-(?!x86_64|i386)\w/.test(script)

/**
 * A second serial port (ttyS1; nixos-shell gives the first away by `-serial null`). What is said while no program reads it is dropped.
 * The device is a part of every snapshot, so every QEMU of a machine has it.
 */
export const earlyOptions = (script: string, dir: string): string[] =>
  isPc(script)
    ? [
        ...['-chardev', `socket,id=nixcumber-early,path=${earlySocket(dir)},server=on,wait=off`],
        ...['-device', 'isa-serial,index=1,chardev=nixcumber-early'],
      ]
    : []

/**
 * The kernel talks on the second port from its first moment on (kernel-parameters.txt). `earlycon` is no console to user space, so neither
 * /dev/console nor a getty changes by it.
 */
const EARLY_CONSOLE = ['earlycon=uart8250,io,0x2f8,115200', 'keep_bootcon']

/** systemd's own limits are made for hardware: under emulation a start takes about ten times as long. */
const EMULATED_START_TIMEOUT = 'systemd.default_timeout_start_sec=15min'

/** What a `run-*-vm` adds to the kernel's command line. */
export const kernelParameters = (script: string, { name }: Accelerator): string[] => [
  ...(isPc(script) ? EARLY_CONSOLE : []),
  ...(name === 'tcg' ? [EMULATED_START_TIMEOUT] : []),
]

/**
 * Makes a `run-*-vm` script use what works here. nixpkgs writes `-machine accel=kvm:tcg`, and a later -machine wins; but QEMU refuses
 * -machine accel= beside -accel or -enable-kvm (qemu(1)), so a script with those is taken as it is or not at all.
 * @throws EnvironmentBroken when the script insists on KVM and KVM does not work
 */
export function acceleratorOptions(script: string, { name, why }: Accelerator): string[] {
  const insists = /-enable-kvm\b|-accel[ =]\S*kvm/.test(script)
  if (insists && name === 'kvm') return []
  if (insists) throw new EnvironmentBroken(`The script of the machine insists on KVM, but ${why}`)
  if (/-accel\b/.test(script)) return []
  return ['-machine', `accel=${name}`, ...(name === 'tcg' && /-cpu host\b/.test(script) ? ['-cpu', 'max'] : [])]
}

/** Everything that a `run-*-vm` of qemu-vm.nix keeps beside its store goes into the given folder. */
export const scriptEnvironment = (
  dir: string,
  options: readonly string[],
  kernel: readonly string[] = [],
): Readonly<Record<string, string>> => ({
  HOME: dir,
  TMPDIR: dir,
  USE_TMPDIR: '1',
  NIX_DISK_IMAGE: `${dir}/disk.qcow2`,
  NIX_EFI_VARS: `${dir}/efi-vars.fd`,
  NIX_SWTPM_DIR: `${dir}/swtpm`,
  // The script splits it at blanks; our paths have none.
  QEMU_OPTS: options.join(' '),
  ...(kernel.length === 0 ? {} : { QEMU_KERNEL_PARAMS: kernel.join(' ') }),
})
