import { type ClaimTable, type Row, unknown } from '../rows/row.ts'
import {
  boots,
  but,
  conf,
  entry,
  grub,
  INITRD,
  KERNEL,
  LAPTOP,
  OTHER,
  SERVER,
  sections,
  TOPLEVEL,
  variable,
  without,
} from './boot-loader.answers.ts'

const STARTS = 'the boot loader starts host "t14"'
const so = (replies: Row[2]): Row => ['so', STARTS, replies, 'holds']
const not = (replies: Row[2], says: RegExp): Row => ['not so', STARTS, replies, 'not met', says]
const unread = (replies: Row[2], says: RegExp): Row => ['unreadable', STARTS, replies, 'could not check', says]

const systemdBoot: readonly Row[] = [
  so(boots(LAPTOP)),
  so(but(LAPTOP, conf('default NixOS-Generation-2.*'))),
  so(but(LAPTOP, conf('default nixos-generation-1.conf\ndefault nixos-generation-2.conf'))),
  so(but(LAPTOP, conf('default nixos-generation-1.conf'), variable('LoaderEntryDefault', 'nixos-generation-2.conf'))),
  so(but(LAPTOP, entry(2, TOPLEVEL, ' systemd.machine_id=1f'))),
  // The only entry there is.
  so(but(without(LAPTOP, '/boot/loader/entries/nixos-generation-1.conf'), conf(''))),
  not(but(LAPTOP, conf('default nixos-generation-1.conf')), new RegExp(`init=${OTHER}/init`)),
  not(
    but(LAPTOP, variable('LoaderEntryDefault', 'nixos-generation-1.conf')),
    /"nixos-generation-1.conf" of systemd-boot/,
  ),
  not(boots(without(LAPTOP, 'same kernel')), /kernel.efi is not the kernel of the host, byte for byte/),
  not(boots(without(LAPTOP, 'same initrd')), /initrd.efi is not the initrd of the host, byte for byte/),
  not(but(without(LAPTOP, 'same initrd'), ['more', '/boot/EFI/nixos/initrd.efi']), /is not the initrd of the host/),
  not(boots(without(LAPTOP, 'kernel', 'initrd')), /is not in the machine's store/),
  not(
    but(LAPTOP, [
      'text',
      '/boot/loader/entries/nixos-generation-2.conf',
      `linux /EFI/nixos/kernel.efi\noptions init=${TOPLEVEL}/init quiet loglevel=4`,
    ]),
    /starts no initrd/,
  ),
  not(
    but(LAPTOP, ['parameters', `${TOPLEVEL}/kernel-params`, 'quiet loglevel=4 mitigations=off']),
    /without these parameters of the kernel: mitigations=off/,
  ),
  unread(but(LAPTOP, entry(2, TOPLEVEL, ' rescue')), /further parameters: rescue/),
  unread(
    but(LAPTOP, conf('default nixos-generation-3.conf')),
    /no entry of systemd-boot is called "nixos-generation-3.conf"/,
  ),
  unread(but(LAPTOP, conf('default nixos-*')), /more than one entry/),
  unread(but(LAPTOP, conf('default @saved')), /what was started last/),
  unread(but(LAPTOP, conf('preferred nixos-generation-1.conf')), /prefers an entry/),
  unread(but(LAPTOP, variable('LoaderEntryOneShot', 'nixos-generation-1.conf')), /LoaderEntryOneShot is set/),
  unread(
    but(LAPTOP, ['variable', '/sys/firmware/efi/efivars/BootNext-8be4df61-93ca-11d2-aa0d-00e098032b8c', 'AAAA']),
    /something else once \(BootNext\)/,
  ),
  unread(
    but(LAPTOP, ['image', '/boot/EFI/Linux/nixos.efi'], conf('default nixos.efi')),
    /one program of kernel and initrd/,
  ),
  unread(
    but(LAPTOP, ['root', '/efi'], ['text', '/efi/loader/loader.conf', 'default x']),
    /several menus of systemd-boot/,
  ),
  unread(boots(without(LAPTOP, 'variables')), /variables of UEFI are not to be seen/),
  unread(but(LAPTOP, ['closed', '/efi']), /\/efi may not be read: ask as root/),
  unread(but(without(LAPTOP, 'same initrd'), ['unread', '/boot/EFI/nixos/initrd.efi']), /could not be read to its end/),
  unread(
    but(without(LAPTOP, 'same initrd'), ['more', '/boot/EFI/nixos/initrd.efi'], ['secrets', 'yes']),
    /secrets in it, which are not compared/,
  ),
  unread(boots(without(LAPTOP, 'compared', 'same kernel', 'same initrd')), /kernel.efi was not compared/),
  ['hostile', STARTS, but(LAPTOP, entry(2, TOPLEVEL, ' init=/bin/sh')), 'not met', /init=\/bin\/sh/],
  ['hostile', STARTS, but(LAPTOP, entry(2, `${TOPLEVEL}-2`)), 'not met', /t14-2\/init/],
]

const entryOf = (title: string, system: string): string =>
  `menuentry "${title}" {\n linux (hd0,1)/kernels/k-bzImage init=${system}/init quiet loglevel=4\n initrd (hd0,1)/kernels/i-initrd\n}`
const ENTRIES = [entryOf('other', OTHER), entryOf('26.05 NixOS', TOPLEVEL)].join('\n')

const grubs: readonly Row[] = [
  so(boots(SERVER)),
  so(boots([...SERVER, ['uefi', ''], ['variables', ''], variable('LoaderInfo', 'GRUB 2.12')])),
  so(but(SERVER, grub(TOPLEVEL, { set: 'set default="NixOS - Default"' }))),
  so(but(SERVER, grub(TOPLEVEL, { set: `set default="\${saved_entry}"` }))),
  // A title may begin as a number does.
  so(but(SERVER, ['text', '/boot/grub/grub.cfg', `set default="26.05 NixOS"\n${ENTRIES}`])),
  // The kernel of the store itself, below a subvolume.
  so(
    but(
      without(SERVER, 'kernel', 'initrd'),
      ['kernel', '/nix/store/x/k-bzImage'],
      ['initrd', '/nix/store/x/i-initrd'],
      grub(TOPLEVEL, { folder: '/@root/nix/store/x' }),
    ),
  ),
  not(but(SERVER, grub(OTHER)), new RegExp(`"NixOS - Default" of GRUB[^]*init=${OTHER}/init`)),
  not(boots(without(SERVER, 'same kernel')), /k-bzImage is not the kernel of the host/),
  not(
    but(SERVER, [
      'text',
      '/boot/grub/grub.cfg',
      'menuentry "x" {\n linux (hd0,1)/kernels/k-bzImage root=/dev/sda1\n initrd (hd0,1)/kernels/i-initrd\n}',
    ]),
    /there is no init=/,
  ),
  unread(
    but(SERVER, grub(TOPLEVEL, { set: 'set default="1"' })),
    /default of GRUB is a menu, "NixOS - All configurations"/,
  ),
  unread(but(SERVER, grub(TOPLEVEL, { set: 'set default="7"' })), /"7", is no entry/),
  unread(
    but(SERVER, grub(TOPLEVEL, { set: 'set default="0"\nset default="1"' })),
    /decides over its default when it runs/,
  ),
  unread(but(SERVER, grub(TOPLEVEL, { set: 'source /boot/grub/other.cfg' })), /goes on in another file/),
  unread(but(SERVER, grub(TOPLEVEL, { folder: '/boot' })), /where \(\$drive1\)\/boot\/k-bzImage of GRUB lies/),
  unread(but(SERVER, ['text', '/boot/grub/grubenv', 'next_entry=1']), /starts another entry once/),
  unread(
    but(SERVER, ['text', '/boot/grub/grub.cfg', 'menuentry "x" {\nchainloader +1\n}']),
    /something else than one kernel/,
  ),
  ['hostile', STARTS, but(SERVER, grub(`/mnt${TOPLEVEL}`)), 'not met', /init=\/mnt\/nix/],
]

export const bootLoaderRows: ClaimTable = {
  'the boot loader starts host {string}{tail}': {
    rows: [
      ...systemdBoot,
      ...grubs,
      [
        'absent',
        STARTS,
        boots(without(SERVER, '/boot/grub/grub.cfg')),
        'could not check',
        /neither systemd-boot nor GRUB/,
      ],
      [
        'absent',
        STARTS,
        boots([...SERVER, ['uefi', ''], ['variables', ''], variable('LoaderInfo', 'rEFInd 0.14')]),
        'could not check',
        /rEFInd 0.14, which is not known here/,
      ],
      ['absent', STARTS, boots([...without(LAPTOP, 'text')]), 'could not check', /no entry of systemd-boot/],
      ...unknown(
        STARTS,
        sections([
          ['kernel', KERNEL],
          ['initrd', INITRD],
        ]),
      ),
    ],
  },
}
