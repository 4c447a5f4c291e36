import assert from 'node:assert/strict'
import test from 'node:test'
import { menusOf } from './boot-menu.ts'

const SYSTEM = '/nix/store/0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c-nixos-system-t14-25.11'
const OTHER = '/nix/store/1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d-nixos-system-old-25.05'

const entry = (system: string) => `menuentry "NixOS" --class nixos --unrestricted {
search --set=drive1 --fs-uuid 3b2f
  linux ($drive1)/kernels/a-linux-bzImage init=${system}/init loglevel=4
  initrd ($drive1)/kernels/a-initrd
}`
const grub = (text: string) => menusOf([{ file: '/mnt/boot/grub/grub.cfg', text }])

test('GRUB: the entry that is the default, among submenus, and after what was chosen for once', () => {
  const more = `submenu "All" {\n${entry(OTHER)}\n}`
  const head = 'if [ "${next_entry}" ]; then\n  set default="${next_entry}"\nelse\n  set default="0"\nfi'
  const wanted = {
    file: '/mnt/boot/grub/grub.cfg',
    system: SYSTEM,
    kernel: { path: '/kernels/a-linux-bzImage', uuid: '3b2f' },
    initrd: { path: '/kernels/a-initrd', uuid: '3b2f' },
  }
  assert.deepEqual(grub(`${head}\n${entry(SYSTEM)}\n${more}`), [wanted])
  assert.deepEqual(grub(`set default=2\n${entry(OTHER)}\n${more}\n${entry(SYSTEM)}`), [wanted])
})

test('GRUB: what is not clear is not made up', () => {
  const unclear = (text: string) => grub(text).map(menu => ('unclear' in menu ? menu.unclear : 'clear'))
  assert.deepEqual(unclear(`set default="saved"\n${entry(SYSTEM)}`), ['it does not set its default by a number'])
  assert.deepEqual(unclear(`set default="saved"\nset default="0"\n${entry(SYSTEM)}`), [
    'it does not set its default by a number',
  ])
  assert.deepEqual(unclear(`set default=1\n${entry(SYSTEM)}`), ['it has no entry 1'])
  assert.deepEqual(unclear('set default=0\nmenuentry "x" {\n  chainloader +1\n}'), [
    'its default entry names no kernel and initrd that can be found',
  ])
})

const conf = (name: string, text: string) => ({ file: `/mnt/boot/loader/${name}`, text })
const generation = (number: number, system: string) =>
  conf(
    `entries/nixos-generation-${number}.conf`,
    `title NixOS\nlinux /EFI/nixos/l${number}.efi\ninitrd /EFI/nixos/i${number}.efi\noptions init=${system}/init quiet\n`,
  )

test('systemd-boot: the entry whose file is the default', () => {
  const files = [
    conf('loader.conf', 'timeout 5\ndefault nixos-generation-2.conf\n'),
    generation(1, OTHER),
    generation(2, SYSTEM),
  ]
  assert.deepEqual(menusOf(files), [
    {
      file: '/mnt/boot/loader/entries/nixos-generation-2.conf',
      system: SYSTEM,
      kernel: { path: '/EFI/nixos/l2.efi' },
      initrd: { path: '/EFI/nixos/i2.efi' },
    },
  ])
})

test('systemd-boot: a default that means several entries, or none, is not clear', () => {
  for (const [said, count] of [
    ['default nixos-*', 2],
    ['default nixos-generation-3.conf', 0],
    ['timeout 5', 0],
  ] as const) {
    const [menu] = menusOf([conf('loader.conf', said), generation(1, OTHER), generation(2, SYSTEM)])
    assert.ok(menu && 'unclear' in menu && menu.unclear.endsWith(`${count} of its entries`), JSON.stringify(menu))
  }
  assert.equal(menusOf([conf('loader.conf', 'default nixos-*'), generation(1, SYSTEM)]).length, 1)
})

test('without files there is no menu, and of an entry without init= no system is known', () => {
  assert.deepEqual(menusOf([]), [])
  const [menu] = grub(`set default=0\n${entry(SYSTEM).replace(/ init=\S+/, '')}`)
  assert.ok(menu && 'system' in menu && menu.system === undefined)
})
