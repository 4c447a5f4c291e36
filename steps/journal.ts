import { journalContains, journalLacks } from '../support/claim/journal.ts'
import { journal } from '../support/probe/journal.ts'
import { Then } from '../support/world/sentence.ts'
import type { StepSuffix } from '../support/world/step-suffix.ts'

Then('the journal of {unit} contains {string}{tail}', async function (unit: string, text: string, tail: StepSuffix) {
  await this.see(journal, { unit, pattern: { text } }, journalContains(`"${text}"`), tail)
})

Then(
  'the journal of {unit} does not contain {string}{tail}',
  async function (unit: string, text: string, tail: StepSuffix) {
    await this.see(journal, { unit, pattern: { text } }, journalLacks(`"${text}"`), tail)
  },
)

Then(
  'the journal of {unit} contains a line matching {string}{tail}',
  async function (unit: string, regex: string, tail: StepSuffix) {
    await this.see(journal, { unit, pattern: { regex } }, journalContains(`a line matching ${regex}`), tail)
  },
)

Then('the journal contains {string}{tail}', async function (text: string, tail: StepSuffix) {
  await this.see(journal, { pattern: { text } }, journalContains(`"${text}"`), tail)
})

Then('the journal does not contain {string}{tail}', async function (text: string, tail: StepSuffix) {
  await this.see(journal, { pattern: { text } }, journalLacks(`"${text}"`), tail)
})
