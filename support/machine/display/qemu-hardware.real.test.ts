import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken, NotSupported } from '../../core/errors.ts'
import { bootContextForTests } from '../testing/boot-context.ts'
import { oneSectorGuest } from '../testing/one-sector-guest.ts'
import { until } from '../testing/processes.ts'
import { bootQemu } from '../vm/boot.ts'
import { chordsOf, readChord } from './keyboard.ts'

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')

test('the screen is read as a person sees it, keys arrive, and its picture is a PNG of its size', async () => {
  await using context = bootContextForTests()
  const text = 'Please choose\r\n\u00b3 NixOS \u00b3\r\nlogin: ' // bytes of code page 437
  await using machine = await bootQemu(oneSectorGuest({ name: 'sector', text, display: true }), context)
  const { hardware } = machine
  const screen = async () => (await hardware.textScreen())?.rows ?? []
  const rows = await screen()
  assert.equal(rows.length, 25)
  assert.ok(rows.includes('Please choose'), rows.join('\n'))
  assert.ok(rows.includes('│ NixOS │'), rows.join('\n'))

  for (const chord of chordsOf('Ab_1')) await hardware.press(chord)
  await hardware.press(readChord('down'))
  // the guest shows the number of a key without a character: 0x50
  assert.ok(await until(async () => (await screen()).includes('login: Ab_1P')), (await screen()).join('\n'))

  const picture = await hardware.picture()
  assert.deepEqual(picture.subarray(0, 8), PNG)
  assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [720, 400])
})

test('what scrolled off the screen is not seen any more', async () => {
  await using context = bootContextForTests()
  const text = `first\r\n${'\n'.repeat(40)}\rlogin: `
  await using machine = await bootQemu(oneSectorGuest({ name: 'sector', text, display: true }), context)
  const rows = (await machine.hardware.textScreen())?.rows ?? []
  assert.equal(rows.at(-1), 'login:')
  assert.ok(!rows.includes('first'))
})

test('a machine without a display says so, with what to do', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 't14' }), context)
  const { hardware } = machine
  for (const asked of [() => hardware.picture(), () => hardware.textScreen(), () => hardware.press(['ret'])])
    await assert.rejects(asked, (error: Error) => {
      assert.ok(error instanceof NotSupported)
      assert.match(error.message, /^Machine "t14" has no display\n.*Next.*the console shows/s)
      return true
    })
})

test('a picture of a QEMU that is gone is not waited for', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 'sector', display: true }), context)
  await machine.power('crash', context.deadline)
  await assert.rejects(machine.hardware.picture(), EnvironmentBroken)
})
