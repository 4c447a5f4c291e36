import { journalContains, journalLacks } from '../support/claim/units/journal.ts'
import type { Expectation } from '../support/expect/expectation.ts'
import { type JournalFacts, type JournalQuery, journal } from '../support/probe/units/journal.ts'
import { Then } from '../support/world/words/sentence.ts'
import type { StepSuffix } from '../support/world/words/step-suffix.ts'
import type { NixWorld } from '../support/world/world.ts'

Then('the journal of {unit} contains {string}{tail}', async function (unit: string, text: string, tail: StepSuffix) {
  await read(this, journalContains, { unit, pattern: { text } }, tail)
})

Then(
  'the journal of {unit} does not contain {string}{tail}',
  async function (unit: string, text: string, tail: StepSuffix) {
    await read(this, journalLacks, { unit, pattern: { text } }, tail)
  },
)

Then(
  'the journal of {unit} contains a line matching {pattern}{tail}',
  async function (unit: string, regex: RegExp, tail: StepSuffix) {
    await read(this, journalContains, { unit, pattern: { regex } }, tail)
  },
)

Then('the journal contains {string}{tail}', async function (text: string, tail: StepSuffix) {
  await read(this, journalContains, { pattern: { text } }, tail)
})

Then('the journal does not contain {string}{tail}', async function (text: string, tail: StepSuffix) {
  await read(this, journalLacks, { pattern: { text } }, tail)
})

async function read(
  world: NixWorld,
  claim: (query: JournalQuery) => Expectation<JournalFacts>,
  query: JournalQuery,
  tail: StepSuffix,
): Promise<void> {
  await world.see(journal, query, claim(query), tail)
}
