/** What a machine has printed on its console since it was last started, and what is typed there. */
import { consoleShows, consoleShowsMatching, type Printed } from '../support/claim/console.ts'
import { seconds } from '../support/core/time/duration.ts'
import type { Expectation } from '../support/expect/expectation.ts'
import { not } from '../support/expect/not.ts'
import { serialKey } from '../support/machine/console/serial-keys.ts'
import { secretValue } from '../support/machine/prompt-answer.ts'
import { changes, reads } from '../support/world/effect.ts'
import { consoleOf, printed } from '../support/world/machines/screen.ts'
import { Given, Then, When } from '../support/world/words/sentence.ts'
import type { StepSuffix, Target } from '../support/world/words/step-suffix.ts'
import type { NixWorld } from '../support/world/world.ts'

const BOUNDS = { budget: seconds(30), attempt: seconds(5) }

Given(
  'the console prompt {string} is answered with the secret {string}',
  reads(function (this: NixWorld, prompt: string, secret: string) {
    this.answers.push({ prompt, secret })
    secretValue(secret, process.env)
  }),
)

Given(
  'the console prompt {string} is answered with {string}',
  reads(function (this: NixWorld, prompt: string, text: string) {
    this.answers.push({ prompt, typed: `${text}\r` })
  }),
)

Given(
  'the console prompt {string} is answered with the keys {string}',
  reads(function (this: NixWorld, prompt: string, keys: string) {
    this.answers.push({ prompt, typed: keys.split(/[ ,]+/).map(serialKey).join('') })
  }),
)

When(
  'I press {string} at the console{place}',
  changes(async function (this: NixWorld, key: string, { machine }: Target) {
    const sent = serialKey(key)
    await consoleOf(await this.machine(machine)).send(sent)
  }),
)

When(
  'I type {string} at the console{place}',
  changes(async function (this: NixWorld, text: string, { machine }: Target) {
    await consoleOf(await this.machine(machine)).send(text)
  }),
)

Then('the console shows {string}{tail}', async function (text: string, tail: StepSuffix) {
  await watch(this, consoleShows(text), tail)
})

Then('the console does not show {string}{tail}', async function (text: string, tail: StepSuffix) {
  await watch(this, not(consoleShows(text), `still showed "${text}"`), tail)
})

Then('the console shows a line matching {pattern}{tail}', async function (pattern: RegExp, tail: StepSuffix) {
  await watch(this, consoleShowsMatching(pattern), tail)
})

async function watch(world: NixWorld, wanted: Expectation<Printed>, tail: StepSuffix): Promise<void> {
  const machine = await world.machine(tail.machine)
  await world.watch(machine, printed(machine), wanted, { ...BOUNDS, ...tail })
}
