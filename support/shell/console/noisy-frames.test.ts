import assert from 'node:assert/strict'
import test from 'node:test'
import { NoisyFrames } from './noisy-frames.ts'

const KERNEL = '[   12.345678] usb 1-1: new high-speed USB device\r\n'
const RUDE = 'random: crng init done\r\n'
const encode = (text: string): string => Buffer.from(text).toString('base64')
const answer = (id: number, out: string): string => `\x02done ${id} 0 ${out.length} 0\r\n${encode(out)}\x03`
const plain = (id: number, out: string): string => `\x02done ${id} 0 ${out.length} 0\n${out}\x03`

function waiting(...ids: readonly number[]) {
  const frames = new NoisyFrames()
  for (const id of ids) frames.expect(id)
  const push = (text: string): string[] => frames.push(text).map(one => ('frame' in one ? `${one.frame}` : one.ask))
  return { push }
}

test('what stands between frames is passed over', () =>
  assert.deepEqual(waiting(1).push(`t14 login: ${KERNEL}${answer(1, 'hello')}${RUDE}`), [plain(1, 'hello')]))

test('a line of the kernel at any place of a frame is taken out', () => {
  const whole = answer(1, 'hello world')
  for (let at = 1; at < whole.length; at++) {
    const got = waiting(1).push(`${whole.slice(0, at)}${KERNEL}${whole.slice(at)}`)
    // in the middle of a line end it cannot be told apart, and is asked for again
    assert.ok(got[0] === plain(1, 'hello world') || got[0] === 'again 1', `at ${at}: ${got}`)
  }
})

test('other noise at any place of a frame never becomes a part of the answer', () => {
  const whole = answer(1, 'hello world')
  for (let at = 1; at < whole.length; at++) {
    const got = waiting(1).push(`${whole.slice(0, at)}${RUDE}${whole.slice(at)}`)
    assert.ok(got.length === 0 || got[0] === 'again 1' || got[0] === plain(1, 'hello world'), `at ${at}: ${got}`)
  }
})

test('a broken head lets every open answer be asked for again', () =>
  assert.deepEqual(waiting(1, 2).push(`\x02do${RUDE}ne 1 0 5 0\r\nabc\x03`), ['again 1', 'again 2']))

test('a large body that came broken is asked for in pieces, each as often as needed', () => {
  const out = 'x'.repeat(60_000)
  const body = encode(out)
  const { push } = waiting(4)
  assert.deepEqual(push(`\x02done 4 0 60000 0\r\n${body.slice(0, 100)}${RUDE}${body.slice(100)}\x03`), [
    'part 4 0 48000',
  ])
  assert.deepEqual(push(`\x02part 4 0 48000\r\n${body.slice(0, 50)}${RUDE}${body.slice(50, 48_000)}\x03`), [
    'part 4 0 48000',
  ])
  assert.deepEqual(push(`\x02part 4 0 48000\r\n${body.slice(0, 48_000)}\x03`), ['part 4 48000 32000'])
  assert.deepEqual(push(`\x02part 4 48000 32000\r\n${body.slice(48_000)}\x03`), [plain(4, out)])
})

test('an answer that came twice is given once', () =>
  assert.deepEqual(waiting(1).push(answer(1, 'a') + answer(1, 'a')), [plain(1, 'a')]))

test('a short answer in plain words passes whole, and is asked for again when something stands in it', () => {
  const whole = '\x02text 1 0 6 1\r\na\r\n[1]\r\n!\x03'
  assert.deepEqual(waiting(1).push(whole), ['\x02done 1 0 6 1\na\n[1]\n!\x03'])
  for (let at = 1; at < whole.length; at++)
    for (const noise of [KERNEL, RUDE]) {
      const got = waiting(1).push(`${whole.slice(0, at)}${noise}${whole.slice(at)}`)
      assert.ok(
        got.length === 0 || got[0] === 'again 1' || got[0] === '\x02done 1 0 6 1\na\n[1]\n!\x03',
        `at ${at}: ${got}`,
      )
    }
})

test('greetings pass', () =>
  assert.deepEqual(waiting().push('\x02hello 1.2.x boot-id unasked\r\n\x03'), ['\x02hello 1.2.x boot-id unasked\n']))
