import assert from 'node:assert/strict'
import test from 'node:test'
import { parseIpAddress } from '../../core/values/ip-address.ts'
import type { Listener } from '../../probe/network/port.ts'
import type { SocketDetails } from '../../probe/network/socket-details.ts'
import { portIsListening, portIsListeningOn } from './port.ts'

const address = (text: string) => parseIpAddress(text) ?? assert.fail(text)
const bound = (text: string, more: Partial<SocketDetails> = {}): Listener => ({
  address: address(text),
  details: { is: { v6only: false, ...more } as SocketDetails },
})
const seen = (...listening: readonly Listener[]): string => portIsListening.judge({ listening }).seen

test('a port is seen with all that it is bound to, each once and in order', () => {
  assert.equal(seen(), 'not listening')
  assert.equal(seen(bound('127.0.0.1'), bound('0.0.0.0'), bound('127.0.0.1')), 'listening on 0.0.0.0, 127.0.0.1')
  assert.equal(seen(bound('::')), 'listening on :: and 0.0.0.0')
  assert.equal(seen(bound('::', { v6only: true })), 'listening on ::')
  assert.equal(seen(bound('::1')), 'listening on ::1')
  assert.equal(seen(bound('0.0.0.0', { device: 'eth0' })), 'listening on 0.0.0.0%eth0')
  assert.equal(seen(bound('::', { device: 'eth0' })), 'listening on :: and 0.0.0.0%eth0')
  assert.equal(seen({ address: address('::'), details: { unknown: 'no ss' } }), 'listening on ::')
})

test('an address is named with its interface, where it has one', () => {
  const words = (text: string) => {
    const { wanted, missed } = portIsListeningOn(address(text))
    return [wanted, missed]
  }
  assert.deepEqual(words('fe80::1%eth0'), ['listening on fe80::1%eth0', 'was not listening on fe80::1%eth0'])
  assert.deepEqual(words('[::1]'), ['listening on ::1', 'was not listening on ::1'])
})
