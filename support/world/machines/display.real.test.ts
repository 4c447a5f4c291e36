import assert from 'node:assert/strict'
import test from 'node:test'
import { screenShows } from '../../claim/screen.ts'
import { systemClock } from '../../core/time/clock.ts'
import { seconds } from '../../core/time/duration.ts'
import { FakeMachine } from '../../machine/drivers/fake.ts'
import { bootContextForTests } from '../../machine/testing/boot-context.ts'
import { oneSectorGuest } from '../../machine/testing/one-sector-guest.ts'
import { bootQemu } from '../../machine/vm/boot.ts'
import { provideContext } from '../context.ts'
import { NixWorld } from '../world.ts'
import { attachPicture, attachPictureIfAny, display } from './display.ts'

interface Attached {
  readonly body: Buffer
  readonly how: object
}

function world() {
  provideContext({ settings: {}, clock: systemClock, flakes: {}, machines: { names: [] } } as never)
  const attached: Attached[] = []
  const attach = (body: Buffer, how: object) => void attached.push({ body, how })
  return { world: new NixWorld({ attach, log() {}, link() {}, parameters: {} } as never), attached }
}

test('what a screen shows is found there, and what it does not show is told with what it does', async () => {
  await using surroundings = bootContextForTests()
  const text = 'Choose a generation\r\nlogin: '
  await using machine = await bootQemu(oneSectorGuest({ name: 'sector', text, display: true }), surroundings)
  const here = world()
  const bounds = { attempt: seconds(5), budget: seconds(5) }
  await here.world.watch(machine, display(here.world, machine), screenShows('Choose a generation'), bounds)
  await assert.rejects(
    here.world.watch(machine, display(here.world, machine), screenShows('Windows'), { ...bounds, now: true }),
    /^ExpectationNotMet: the screen of sector did not show "Windows"\n.*Expected {3}"Windows".*Choose a generation/s,
  )
  await attachPictureIfAny(here.world, machine)
  const [picture] = here.attached
  assert.deepEqual(picture?.how, { mediaType: 'image/png', fileName: 'sector.screen.png' })
  assert.equal(picture?.body.subarray(1, 4).toString(), 'PNG')
})

test('a screen that shows the firmware only is no evidence, and a picture of it is had when asked for', async () => {
  await using surroundings = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 'sector', display: 'unused' }), surroundings)
  const seen = (await machine.hardware.textScreen())?.rows.join('\n') ?? ''
  assert.match(seen, /SeaBIOS.*Booting from/s)
  const here = world()
  await attachPictureIfAny(here.world, machine)
  assert.equal(here.attached.length, 0, seen)
  await attachPicture(here.world, machine)
  assert.equal(here.attached.length, 1)
})

test('a machine without a display has no picture among the evidence, and refuses to give one', async () => {
  await using surroundings = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 'sector' }), surroundings)
  const here = world()
  await attachPictureIfAny(here.world, machine)
  assert.deepEqual(here.attached, [])
  await assert.rejects(attachPicture(here.world, machine), /^NotSupported: Machine "sector" has no display/)
})

test('a live host’s screen is out of reach', async () => {
  const here = world()
  const live = new FakeMachine({ kind: 'fake', name: 't14' })
  await assert.rejects(attachPicture(here.world, live), /^NotSupported: "t14" is a live host: .*out of reach/)
})
