import assert from 'node:assert/strict'
import test from 'node:test'
import { showsNoSystem } from './firmware-screen.ts'

const SEABIOS = ['SeaBIOS (version 1.16.3-debian-1.16.3-2)', '', '']
const IPXE = ['iPXE (https://ipxe.org) 00:03.0 CA00 PCI2.10 PnP PMM+2ABC6C20+2AB06C20 CA00', '', '']
const GREETING = [...SEABIOS, ...IPXE, 'Booting from Hard Disk...', '']

const rows: readonly (readonly [string, readonly string[], boolean])[] = [
  ['a headless machine from its disk', GREETING, true],
  ['from a kernel that QEMU has loaded', [...SEABIOS, ...IPXE, 'Booting from ROM...'], true],
  ['and that kernel before it has a console', [...GREETING, 'Probing EDD (edd=off to disable)... ok'], true],
  [
    'from the second disk',
    [...GREETING, 'Boot failed: could not read the boot disk', '', 'Booting from Floppy...'],
    true,
  ],
  ['a blank screen', ['', '   ', ''], true],
  ['a login prompt', ['', 'web login:'], false],
  ['a login prompt below the greeting', [...GREETING, 'web login:'], false],
  ['a kernel that tells of its end', [...GREETING, 'Kernel panic - not syncing: VFS'], false],
  ['nothing to boot', [...GREETING, 'Boot failed: not a bootable disk', '', 'No bootable device.'], false],
  ['a firmware that came no further', SEABIOS, false],
  ['a boot loader that asks', [...GREETING, 'grub rescue>'], false],
]
for (const [what, screen, wanted] of rows)
  test(`${wanted ? 'no system' : 'something'} is to be seen: ${what}`, () =>
    assert.equal(showsNoSystem(screen), wanted))
