import assert from 'node:assert/strict'
import test from 'node:test'
import { answered } from '../testing/answered.ts'
import { virtualTerminal } from './virtual-terminal.ts'

const answer = (size: readonly number[], text: string, mode = 'text') => {
  const characters = Buffer.alloc(4 * [...text].length)
  for (const [i, character] of [...text].entries()) characters.writeUInt32LE(character.codePointAt(0) ?? 0, 4 * i)
  return answered([Buffer.concat([Buffer.from(size), characters]).toString('base64'), mode])
}

test('the rows of a terminal are read without the blanks at their ends', () =>
  assert.deepEqual(virtualTerminal.parse(answer([2, 6], 'login:  ║ ä '), undefined).rows, ['login:', '  ║ ä']))

test('below a desktop stands what is not on the screen', () =>
  assert.deepEqual(virtualTerminal.parse(answer([1, 6], 'login:', 'graphics'), undefined), {}))

test('an answer of another size, or none, is unreadable and worth another look', () => {
  for (const result of [answer([2, 6], 'login:'), answered([{ code: 1 }, 'text']), answered([''])])
    assert.throws(() => virtualTerminal.parse(result, undefined), { name: 'UnreadableAnswer', retryable: true })
})
