/** What a machine has printed on its console since it was last started. */
import { type Printed, shows, showsMatching } from '../support/claim/console.ts'
import { seconds } from '../support/core/duration.ts'
import type { Expectation } from '../support/expect/expectation.ts'
import { not } from '../support/expect/not.ts'
import { printed } from '../support/world/screen.ts'
import { Then } from '../support/world/sentence.ts'
import type { Tail } from '../support/world/tail.ts'
import type { NixWorld } from '../support/world/world.ts'

const BOUNDS = { budget: seconds(30), attempt: seconds(5) }

Then('the console shows {string}{tail}', async function (text: string, tail: Tail) {
  await watch(this, shows(text), tail)
})

Then('the console does not show {string}{tail}', async function (text: string, tail: Tail) {
  await watch(this, not(shows(text), `still showed "${text}"`), tail)
})

Then('the console shows a line matching {string}{tail}', async function (pattern: string, tail: Tail) {
  await watch(this, showsMatching(pattern), tail)
})

async function watch(world: NixWorld, wanted: Expectation<Printed>, tail: Tail): Promise<void> {
  const machine = await world.machine(tail.machine)
  await world.watch(machine, printed(machine), wanted, { ...BOUNDS, ...tail })
}
