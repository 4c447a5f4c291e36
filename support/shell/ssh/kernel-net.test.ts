import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import test from 'node:test'
import { hearNet, type KernelNet, withHindrance } from './kernel-net.ts'

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

const failed = (exitCode: number, stderr: string) => ({
  exitCode,
  stdout: Buffer.alloc(0),
  stderr: Buffer.from(stderr),
})

test('what is refused by words that the net may have caused is marked, and nothing else', () => {
  assert.equal(withHindrance(failed(1, 'a\nrm: x: Read-only file system\nb')).hindered, 'rm: x: Read-only file system')
  assert.equal(withHindrance(failed(1, 'mount: permission denied.')).hindered, 'mount: permission denied.')
  assert.equal(withHindrance(failed(2, 'ip: Operation not permitted')).hindered, 'ip: Operation not permitted')
  assert.equal(withHindrance(failed(1, 'No such file or directory')).hindered, undefined)
  assert.equal(withHindrance(failed(0, '')).hindered, undefined)
})

test('so it is where a pipe ends with a program that succeeds', () => {
  const counted = { exitCode: 0, stdout: Buffer.from('0\n'), stderr: Buffer.from('cat: x: Operation not permitted') }
  assert.equal(withHindrance(counted).hindered, 'cat: x: Operation not permitted')
})
