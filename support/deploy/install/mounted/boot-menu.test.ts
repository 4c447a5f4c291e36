import assert from 'node:assert/strict'
import test from 'node:test'
import { menusOf, systemOf } from './boot-menu.ts'

const SYSTEM = '/nix/store/0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c-nixos-system-t14-25.11'
const GRUB = `set default="0"
menuentry "NixOS" --class nixos --unrestricted {
search --set=drive1 --fs-uuid 3b2f
  linux ($drive1)/kernels/a-linux-bzImage init=${SYSTEM}/init loglevel=4
  initrd ($drive1)/kernels/a-initrd
}
`
const grub = { file: '/boot/grub/grub.cfg', text: GRUB }
const systemdBoot = [
  { file: '/efi/loader/loader.conf', text: 'timeout 5\ndefault nixos-generation-1.conf\n' },
  {
    file: '/efi/loader/entries/nixos-generation-1.conf',
    text: `linux /EFI/nixos/l.efi\ninitrd /EFI/nixos/i.efi\noptions init=${SYSTEM}/init quiet\n`,
  },
]
const shown = (files: Parameters<typeof menusOf>[0]) =>
  menusOf(files).map(({ loader, entry }) =>
    'is' in entry ? [loader, entry.is.kernel, systemOf(entry.is)] : [loader, entry.unknown],
  )

test('each boot loader that has a menu is asked for its default', () => {
  const [ofGrub, ofSystemd] = [
    ['GRUB', '/boot/kernels/a-linux-bzImage', SYSTEM],
    ['systemd-boot', '/efi/EFI/nixos/l.efi', SYSTEM],
  ]
  assert.deepEqual(shown([grub]), [ofGrub])
  assert.deepEqual(shown(systemdBoot), [ofSystemd])
  assert.deepEqual(shown([grub, ...systemdBoot]), [ofGrub, ofSystemd])
  assert.deepEqual(shown([]), [])
})

test('a menu whose default is not clear is one, and an entry without init= starts no system that is known', () => {
  assert.match(String(shown(systemdBoot.slice(0, 1))[0]?.[1]), /no entry of systemd-boot is called/)
  assert.deepEqual(shown([{ ...grub, text: GRUB.replace(/ init=\S+/, '') }])[0]?.[2], undefined)
})
