import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import test from 'node:test'
import { hearNet, type KernelNet } from './kernel-net.ts'

function heard(...chunks: readonly string[]): readonly KernelNet[] {
  const stream = new EventEmitter()
  const words: KernelNet[] = []
  hearNet(stream, net => words.push(net))
  for (const chunk of chunks) stream.emit('data', Buffer.from(chunk))
  return words
}

test('the word of the net is heard once, in pieces and among others', () => {
  assert.deepEqual(heard('motd\nnixcumber-net ho', 'lds\n', 'nixcumber-net none: late\n'), [{ holds: true }])
  assert.deepEqual(heard('nixcumber-net none: not root\n'), [{ holds: false, why: 'not root' }])
  assert.deepEqual(heard('nixcumber-net none: \n'), [{ holds: false, why: 'the kernel refused it' }])
})

test('half a word, another word, and a flood before it are none', () => {
  assert.deepEqual(heard('nixcumber-net holds'), [])
  assert.deepEqual(heard('say nixcumber-net holds\n'), [])
  assert.deepEqual(heard('x'.repeat(20_000), '\nnixcumber-net holds\n'), [])
})
