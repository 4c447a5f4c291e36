import assert from 'node:assert/strict'
import test from 'node:test'
import { isLoopback, isWildcard, parseIpAddress } from './ip-address.ts'

const same: Readonly<Record<string, readonly string[]>> = {
  '127.0.0.1': ['127.0.0.1', '::ffff:127.0.0.1', '::FFFF:7f00:1', '[::ffff:127.0.0.1]', '0:0:0:0:0:ffff:127.0.0.1'],
  '::1': ['::1', '[::1]', '0:0:0:0:0:0:0:1', '0000:0000::0001'],
  '::': ['::', '[::]', '0:0:0:0:0:0:0:0', '0::0'],
  '0.0.0.0': ['0.0.0.0', '::ffff:0.0.0.0'],
  '::102:304': ['::1.2.3.4', '::102:304'],
  'fd00::a:0:0:1': ['fd00:0:0:0:a:0:0:1', 'FD00::A:0:0:1'],
}

for (const [text, written] of Object.entries(same))
  for (const one of written) test(`${one} is ${text}`, () => assert.equal(parseIpAddress(one)?.text, text))

test('the interface of a link-local address is kept', () => {
  assert.deepEqual(parseIpAddress('fe80::1%eth0'), { text: 'fe80::1', family: 6, scope: 'eth0' })
  assert.deepEqual(parseIpAddress('[fe80:0::1%vnet-a.5]'), { text: 'fe80::1', family: 6, scope: 'vnet-a.5' })
})

for (const wrong of [
  '',
  'localhost',
  '127.1',
  '0x7f.0.0.1',
  '127.0.0.01',
  '256.0.0.1',
  '1.2.3.4/8',
  '::1::',
  'fe80::1%',
])
  test(`${JSON.stringify(wrong)} is no address`, () => assert.equal(parseIpAddress(wrong), undefined))

test('wildcards and loopback addresses are known', () => {
  const of = (text: string) => parseIpAddress(text) as NonNullable<ReturnType<typeof parseIpAddress>>
  assert.deepEqual(
    ['0.0.0.0', '::', '0.0.0.1', '::1'].map(text => isWildcard(of(text))),
    [true, true, false, false],
  )
  assert.deepEqual(
    ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '128.0.0.1', '::2'].map(text => isLoopback(of(text))),
    [true, true, true, true, false, false],
  )
})
