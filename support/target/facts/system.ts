/** What runs on a target, and on what it runs. */
import { sh } from '../../core/command.ts'
import { type Part, pairs, wholeNumber } from './part.ts'

/** os-release(5). */
export interface TargetOs {
  readonly id: string
  readonly idLike: readonly string[]
  /** `installer` where NixOS is installed from it. */
  readonly variantId?: string
  /** `Debian GNU/Linux 12 (bookworm)`. */
  readonly name?: string
}

export const os: Part<TargetOs> = {
  tool: '/etc/os-release',
  command: sh`cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release`,
  parse(text) {
    const said = new Map(text.split('\n').flatMap(assignment))
    const [variantId, name] = [said.get('VARIANT_ID'), said.get('PRETTY_NAME')]
    return {
      // os-release(5): what does not say its ID is `linux`.
      id: said.get('ID') ?? 'linux',
      idLike: (said.get('ID_LIKE') ?? '').split(' ').filter(word => word !== ''),
      ...(variantId === undefined ? {} : { variantId }),
      ...(name === undefined ? {} : { name }),
    }
  },
}

function assignment(line: string): [string, string][] {
  const [, key, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? []
  return key === undefined || value === undefined ? [] : [[key, value.replace(/^(["'])(.*)\1$/, '$2')]]
}

const line = (tool: string, command = sh`cat ${tool}`): Part<string> => ({
  tool,
  command,
  parse(text) {
    if (!/^\S+$/.test(text)) throw new Error('no word')
    return text
  },
})

export const hostName = line('uname', sh`uname -n`)
/** The kernel's word for it: `x86_64`, `aarch64`. */
export const machine = line('uname', sh`uname -m`)
/** machine-id(5). A rescue system makes a new one each time. */
export const machineId = line('/etc/machine-id')
/** systemd-detect-virt(1): `kvm`, `none`; it ends with 1 where there is none. */
const detected = (kind: string): Part<string> =>
  line('systemd-detect-virt', sh`systemd-detect-virt ${kind}; code=$?; [ $code = 1 ] || exit $code; exit 0`)
export const virtualization = detected('--vm')
/** Without it, what Docker and Podman put into their containers tells of them. */
export const container = line(
  'systemd-detect-virt',
  sh`command -v systemd-detect-virt >/dev/null || {
[ ! -e /.dockerenv ] || { echo docker; exit; }
[ ! -e /run/.containerenv ] || { echo podman; exit; }
}
${detected('--container').command}`,
)

/**
 * The kernel's Documentation/ABI/testing/sysfs-devices-system-dmi… and SMBIOS type 1; only root may read the UUID. A board that is described
 * by a device tree (Documentation/ABI/testing/sysfs-firmware-ofw) may have no such table; any other computer has one.
 */
export interface Dmi {
  readonly vendor?: string
  readonly product?: string
  readonly uuid?: string
}

export const dmi: Part<Dmi> = {
  tool: '/sys/class/dmi/id',
  command: sh`[ -d /sys/class/dmi/id ] || {
[ ! -d /sys/firmware/devicetree/base ] || exit 0
echo 'there is no DMI table'; exit 77
}
for field in sys_vendor product_name product_uuid; do
[ ! -r "/sys/class/dmi/id/$field" ] || { IFS= read -r value <"/sys/class/dmi/id/$field"; printf '%s %s\n' "$field" "$value"; }
done`,
  parse(text) {
    const said = new Map(pairs(text))
    const [vendor, product, uuid] = ['sys_vendor', 'product_name', 'product_uuid'].map(field => said.get(field))
    return {
      ...(vendor === undefined ? {} : { vendor }),
      ...(product === undefined ? {} : { product }),
      ...(uuid === undefined ? {} : { uuid: uuid.toLowerCase() }),
    }
  },
}

export interface Memory {
  /** Bytes. */
  readonly total: number
  readonly available: number
}

/** proc_meminfo(5). */
export const memory: Part<Memory> = {
  tool: '/proc/meminfo',
  command: sh`cat /proc/meminfo`,
  parse(text) {
    const of = (name: string): number => wholeNumber(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(text)?.[1]) * 1024
    return { total: of('MemTotal'), available: of('MemAvailable') }
  },
}

export interface Kexec {
  /** /proc/sys/kernel/kexec_load_disabled (the kernel's Documentation/admin-guide/sysctl/kernel.rst). */
  readonly disabled: boolean
  /** Of kernel_lockdown(7): `none`, `integrity`, `confidentiality`; undefined where the kernel has none. */
  readonly lockdown?: string
  /** Programs that nixos-anywhere calls there, as far as they are there. */
  readonly tools: readonly string[]
}

export const kexec: Part<Kexec> = {
  tool: '/proc/sys/kernel/kexec_load_disabled',
  command: sh`[ -e /proc/sys/kernel/kexec_load_disabled ] || { echo 'its kernel knows no kexec'; exit 77; }
printf 'disabled '; cat /proc/sys/kernel/kexec_load_disabled || exit
[ ! -r /sys/kernel/security/lockdown ] || { printf 'lockdown '; cat /sys/kernel/security/lockdown; }
for tool in tar cpio setsid wget curl; do
[ -z "$(command -v $tool)" ] || printf 'tool %s\n' $tool
done`,
  parse(text) {
    const said = pairs(text)
    const [disabled, lockdown] = ['disabled', 'lockdown'].map(key => said.find(([name]) => name === key)?.[1])
    const mode = /\[(\w+)\]/.exec(lockdown ?? '')?.[1]
    return {
      disabled: wholeNumber(disabled) !== 0,
      ...(mode === undefined ? {} : { lockdown: mode }),
      tools: said.filter(([key]) => key === 'tool').map(([, tool]) => tool),
    }
  },
}

/** Whether what looks is root: others see less, and are told so by no error. */
export const userId: Part<number> = { tool: 'id', command: sh`id -u`, parse: wholeNumber }
