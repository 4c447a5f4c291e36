/** What starts a target. */
import { sh } from '../../core/command.ts'
import type { Fact } from '../../probe/fact.ts'
import { type Part, pairs } from './part.ts'

export interface TargetFirmware {
  readonly is: 'UEFI' | 'BIOS'
  /** Of UEFI: 64 or 32. */
  readonly bits?: number
  /** Whether only what is signed is started. */
  readonly secureBoot?: Fact<boolean>
}

/**
 * Only UEFI has /sys/firmware/efi (the kernel's Documentation/ABI/testing/sysfs-firmware-efi). The variable SecureBoot is one byte after
 * four of attributes (UEFI specification, 3.3; Documentation/filesystems/efivarfs.rst).
 */
export const firmware: Part<TargetFirmware> = {
  tool: '/sys/firmware',
  command: sh`[ -d /sys/firmware/efi ] && {
printf 'efi %s\n' "$(cat /sys/firmware/efi/fw_platform_size)"
for file in /sys/firmware/efi/efivars/SecureBoot-*; do
[ ! -r "$file" ] || printf 'secure %s\n' "$(od -An -t u1 "$file")"
done
[ -z "$(ls /sys/firmware/efi/efivars)" ] || echo variables
exit 0
}
case $(uname -m) in
x86_64|i?86) ;;
*) echo 'it has firmware that is neither UEFI nor BIOS'; exit 77 ;;
esac
[ -d /sys/firmware/dmi ] || [ -d /sys/firmware/acpi ] || [ -d /sys/firmware/memmap ] || { echo '/sys/firmware is not there or shows nothing'; exit 77; }
for word in $(cat /proc/cmdline); do
case $word in
noefi|efi=*noefi*) echo 'its kernel was told to use no UEFI (noefi)'; exit 77 ;;
esac
done
echo bios`,
  parse(text) {
    const said = new Map(pairs(text))
    if (text === 'bios') return { is: 'BIOS' }
    const bits = said.get('efi')
    if (bits === undefined) throw new Error('neither')
    return { is: 'UEFI', ...(/^(?:32|64)$/.test(bits) ? { bits: Number(bits) } : {}), secureBoot: secure(said) }
  },
}

function secure(said: ReadonlyMap<string, string>): Fact<boolean> {
  const value = said.get('secure')?.trim().split(/\s+/).at(-1)
  if (value === '0' || value === '1') return { is: value === '1' }
  if (value === undefined && said.has('variables')) return { is: false }
  return { unknown: 'its UEFI says nothing of Secure Boot' }
}

/** A line of efibootmgr(8): `Boot0001* debian`. */
export interface BootEntry {
  readonly id: string
  readonly isActive: boolean
  readonly text: string
}

export const bootEntries: Part<readonly BootEntry[]> = {
  tool: 'efibootmgr',
  command: sh`[ -d /sys/firmware/efi ] || { echo 'it has not booted by UEFI'; exit 77; }
timeout 10 efibootmgr`,
  parse: text =>
    [...text.matchAll(/^Boot([0-9A-F]{4})(\*?) +(.*)$/gm)].map(([, id = '', star, text = '']) => ({
      ...{ id, isActive: star === '*', text },
    })),
}
