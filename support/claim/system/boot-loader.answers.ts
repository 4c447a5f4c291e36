/** What a machine answers about its boot loader, for rows: a laptop with systemd-boot, a server with GRUB, and what differs from them. */
import type { CommandResult } from '../../core/command.ts'
import { answered, type Said } from '../../probe/testing/answered.ts'
import { fields } from '../storage/storage.answers.ts'

export type Told = readonly [kind: string, name: string, text?: string]

/** As the rows' flake has it. */
export const TOPLEVEL = `/nix/store/${'a'.repeat(32)}-nixos-system-t14`
const OLD = `/nix/store/${'b'.repeat(32)}-nixos-system-t14`
export const KERNEL = '/nix/store/kernel/bzImage'
export const INITRD = '/nix/store/initrd/initrd'
const VARS = '/sys/firmware/efi/efivars'

/** Attributes, then UTF-16 with a zero at its end. */
export const variable = (name: string, text: string): Told => [
  'variable',
  `${VARS}/${name}-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f`,
  Buffer.concat([Buffer.from([6, 0, 0, 0]), Buffer.from(`${text}\0`, 'utf16le')]).toString('base64'),
]

const SYSTEM: readonly Told[] = [
  ['kernel', KERNEL],
  ['initrd', INITRD],
  ['parameters', `${TOPLEVEL}/kernel-params`, 'quiet loglevel=4'],
]
const UEFI: readonly Told[] = [['uefi', ''], ['variables', ''], variable('LoaderInfo', 'systemd-boot 257.9')]

export const entry = (number: number, system: string, more = ''): Told => [
  'text',
  `/boot/loader/entries/nixos-generation-${number}.conf`,
  `title NixOS
sort-key nixos
version Generation ${number} NixOS 26.05, built on 2026-12-01
linux /EFI/nixos/kernel.efi
initrd /EFI/nixos/initrd.efi
options init=${system}/init quiet loglevel=4${more}`,
]
export const conf = (text: string): Told => [
  'text',
  '/boot/loader/loader.conf',
  `timeout 5\n${text}\nconsole-mode keep`,
]
const FILES: readonly Told[] = [
  ['compared', '/boot/EFI/nixos'],
  ['same kernel', '/boot/EFI/nixos/kernel.efi'],
  ['same initrd', '/boot/EFI/nixos/initrd.efi'],
]
export const LAPTOP: readonly Told[] = [
  ...UEFI,
  ...SYSTEM,
  ['root', '/boot'],
  conf('default nixos-generation-2.conf'),
  entry(1, OLD),
  entry(2, TOPLEVEL),
  ...FILES,
]

/** As NixOS's install-grub.pl writes it, shortened. */
export const grub = (system: string, { folder = '//kernels', set = 'set default="0"' } = {}): Told => [
  'text',
  '/boot/grub/grub.cfg',
  `if [ -s $prefix/grubenv ]; then
  load_env
fi
if [ "\${next_entry}" ]; then
  set default="\${next_entry}"
else
  ${set}
  set timeout=5
fi
menuentry "NixOS - Default" --class nixos --unrestricted {
search --set=drive1 --fs-uuid 1234
  linux ($drive1)${folder}/k-bzImage init=${system}/init quiet loglevel=4
  initrd ($drive1)${folder}/i-initrd
}
submenu "NixOS - All configurations" --class submenu {
menuentry "NixOS - Configuration 1" --class nixos {
  linux ($drive1)${folder}/old init=${OLD}/init
}
}`,
]
export const SERVER: readonly Told[] = [
  ...SYSTEM,
  grub(TOPLEVEL),
  ['text', '/boot/grub/grubenv', '# GRUB Environment Block\nsaved_entry=\n####'],
  ['compared', '/boot/kernels'],
  ['same kernel', '/boot/kernels/k-bzImage'],
  ['same initrd', '/boot/kernels/i-initrd'],
]

export const sections = (records: readonly Told[]): Said[] => [
  fields(records.flatMap(([kind, name, text = '']) => [kind, name, text])),
  '',
]
export const boots = (records: readonly Told[]): CommandResult => answered(sections(records))

/** One of these is another, by kind and name; an unnamed one is gone. */
export const but = (records: readonly Told[], ...others: readonly Told[]): CommandResult =>
  boots([...records.filter(([, name]) => !others.some(other => name !== '' && other[1] === name)), ...others])
export const without = (records: readonly Told[], ...names: readonly string[]): readonly Told[] =>
  records.filter(([kind, name]) => !names.some(gone => gone === name || gone === kind))
export const OTHER = OLD
