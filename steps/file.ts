import {
  fileExists,
  fileHasGroup,
  fileHasMode,
  fileHasOwner,
  fileIs,
  fileLinksTo,
} from '../support/claim/files/file.ts'
import { fileContains, fileHasSha256, fileLacks } from '../support/claim/files/file-content.ts'
import { not } from '../support/expect/not.ts'
import { file } from '../support/probe/files/file.ts'
import { Then } from '../support/world/words/sentence.ts'
import type { StepSuffix } from '../support/world/words/step-suffix.ts'
import type { FileName } from '../support/world/words/words.ts'

Then('{file} exists{tail}', async function (name: FileName, tail: StepSuffix) {
  await this.see(file, name, fileExists, tail)
})

Then('{file} does not exist{tail}', async function (name: FileName, tail: StepSuffix) {
  await this.see(file, name, not(fileExists, 'still existed'), tail)
})

Then('{file} is a directory{tail}', async function (name: FileName, tail: StepSuffix) {
  await this.see(file, name, fileIs('directory'), tail)
})

Then('{file} is not a directory{tail}', async function (name: FileName, tail: StepSuffix) {
  await this.see(file, name, not(fileIs('directory'), 'was still a directory'), tail)
})

Then('{file} is a link to {string}{tail}', async function (name: FileName, target: string, tail: StepSuffix) {
  await this.see(file, name, fileLinksTo(target), tail)
})

Then('{file} contains {string}{tail}', async function (name: FileName, text: string, tail: StepSuffix) {
  await this.see(file, { ...name, with: 'content' }, fileContains(text, name), tail)
})

Then('{file} contains{tail}:', async function (name: FileName, tail: StepSuffix, text: string) {
  await this.see(file, { ...name, with: 'content' }, fileContains(text, name), tail)
})

Then('{file} does not contain {string}{tail}', async function (name: FileName, text: string, tail: StepSuffix) {
  await this.see(file, { ...name, with: 'content' }, fileLacks(text, name), tail)
})

Then('{file} has mode {mode}{tail}', async function (name: FileName, mode: number, tail: StepSuffix) {
  await this.see(file, name, fileHasMode(mode), tail)
})

Then('{file} has owner {string}{tail}', async function (name: FileName, owner: string, tail: StepSuffix) {
  await this.see(file, { ...name, owner }, fileHasOwner(owner), tail)
})

Then('{file} has group {string}{tail}', async function (name: FileName, group: string, tail: StepSuffix) {
  await this.see(file, { ...name, group }, fileHasGroup(group), tail)
})

Then('{file} has sha256 {sha256}{tail}', async function (name: FileName, sum: string, tail: StepSuffix) {
  await this.see(file, { ...name, with: 'sha256' }, fileHasSha256(sum), tail)
})
