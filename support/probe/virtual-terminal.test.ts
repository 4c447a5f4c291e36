import assert from 'node:assert/strict'
import test from 'node:test'
import { virtualTerminal } from './virtual-terminal.ts'

const answer = (size: readonly number[], text: string, exitCode = 0) => {
  const characters = Buffer.alloc(4 * [...text].length)
  for (const [i, character] of [...text].entries()) characters.writeUInt32LE(character.codePointAt(0) ?? 0, 4 * i)
  return { exitCode, stdout: Buffer.concat([Buffer.from(size), characters]), stderr: Buffer.from('') }
}

test('the rows of a terminal are read without the blanks at their ends', () =>
  assert.deepEqual(virtualTerminal.parse(answer([2, 6], 'login:  ║ ä '), undefined).rows, ['login:', '  ║ ä']))

test('an answer of another size, or none, is unreadable and worth another look', () => {
  for (const result of [answer([2, 6], 'login:'), answer([], '', 1)])
    assert.throws(() => virtualTerminal.parse(result, undefined), { name: 'UnreadableAnswer', retryable: true })
})
