import assert from 'node:assert/strict'
import test from 'node:test'
import { NotSupported } from '../../core/errors.ts'
import { luksPlan } from './luks-plan.ts'

const DEVICE = '/dev/disk/by-partlabel/disk-main-luks'
const NONE = { files: [], typed: 0, asked: [], console: null, systemd: false, unfit: [] }
const ASKS = { ...NONE, files: ['/tmp/key'], asked: [DEVICE] }
const BIOS = { systemdBoot: false }

test('without LUKS nothing is asked, and nothing is told to the kernel', () =>
  assert.deepEqual(luksPlan('t14', NONE, BIOS), { files: [], typed: 0, prompts: [] }))

for (const [what, luks, prompt] of [
  ["NixOS's stage 1 names the device", {}, `Passphrase for ${DEVICE}`],
  ["systemd's does not", { systemd: true }, 'enter passphrase for disk'],
] as const)
  test(`what is answered: ${what}`, () =>
    assert.deepEqual(luksPlan('t14', { ...ASKS, console: 'console=ttyS0,115200n8', ...luks }, BIOS), {
      ...{ files: ['/tmp/key'], typed: 0, prompts: [prompt] },
    }))

for (const console of [null, 'console=tty0', 'console=ttyS01', 'console=ttyS1'])
  test(`where the question is not heard, at ${console ?? 'the screen'}, systemd-boot takes a console more, and GRUB does not`, () => {
    const luks = { ...ASKS, console }
    assert.equal(luksPlan('t14', luks, { systemdBoot: true }).kernelParameters, 'console=ttyS0')
    assert.throws(() => luksPlan('t14', luks, BIOS), NotSupported)
  })

for (const [what, luks] of Object.entries({
  'a key that only its owner has': { unfit: ['boot.initrd.luks.devices.crypted.keyFile = /key'] },
  'a key on a device': { files: ['/dev/disk/by-id/usb-key'] },
}))
  test(`not unlocked here: ${what}`, () =>
    assert.throws(() => luksPlan('t14', { ...ASKS, console: 'console=ttyS0', ...luks }, BIOS), NotSupported))
