/** The display of a machine and the keyboard before it, as a person uses them who sits there. */
import { type Shown, screenShows } from '../support/claim/screen.ts'
import { seconds } from '../support/core/time/duration.ts'
import type { Expectation } from '../support/expect/expectation.ts'
import { not } from '../support/expect/not.ts'
import { chordsOf, readChord } from '../support/machine/display/keyboard.ts'
import { changes, reads } from '../support/world/effect.ts'
import { attachPicture, display } from '../support/world/machines/display.ts'
import { hardware } from '../support/world/machines/hardware.ts'
import { Then, When } from '../support/world/words/sentence.ts'
import type { StepSuffix, Target } from '../support/world/words/step-suffix.ts'
import type { NixWorld } from '../support/world/world.ts'

const BOUNDS = { budget: seconds(30), attempt: seconds(5) }

When(
  'I press {string} on the screen{place}',
  changes(async function (this: NixWorld, chord: string, { machine }: Target) {
    const keys = readChord(chord)
    await hardware(await this.machine(machine)).press(keys)
  }),
)

When(
  'I type {string} on the screen{place}',
  changes(async function (this: NixWorld, text: string, { machine }: Target) {
    const chords = chordsOf(text)
    const keyboard = hardware(await this.machine(machine))
    for (const chord of chords) await keyboard.press(chord)
  }),
)

When(
  'I take a screenshot{place}',
  reads(async function (this: NixWorld, { machine }: Target) {
    await attachPicture(this, await this.machine(machine))
  }),
)

Then('the screen shows {string}{tail}', async function (text: string, tail: StepSuffix) {
  await watch(this, screenShows(text), tail)
})

Then('the screen does not show {string}{tail}', async function (text: string, tail: StepSuffix) {
  await watch(this, not(screenShows(text), `still showed "${text}"`), tail)
})

async function watch(world: NixWorld, wanted: Expectation<Shown>, tail: StepSuffix): Promise<void> {
  const machine = await world.machine(tail.machine)
  await world.watch(machine, display(world, machine), wanted, { ...BOUNDS, ...tail })
}
