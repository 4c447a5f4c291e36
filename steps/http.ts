import { answers, answersWith, doesNotAnswer, doesNotAnswerWith } from '../support/claim/network/http.ts'
import { http } from '../support/probe/http/http.ts'
import { Then } from '../support/world/words/sentence.ts'
import type { StepSuffix } from '../support/world/words/step-suffix.ts'

Then('{url} answers {int}{tail}', async function (url: string, status: number, tail: StepSuffix) {
  await this.see(http, url, answers(status), tail)
})

Then('{url} answers with {string}{tail}', async function (url: string, text: string, tail: StepSuffix) {
  await this.see(http, url, answersWith(text), tail)
})

Then('{url} does not answer {int}{tail}', async function (url: string, status: number, tail: StepSuffix) {
  await this.see(http, url, doesNotAnswer(status), tail)
})

Then('{url} does not answer with {string}{tail}', async function (url: string, text: string, tail: StepSuffix) {
  await this.see(http, url, doesNotAnswerWith(text), tail)
})
