import assert from 'node:assert/strict'
import { type AddressInfo, createServer } from 'node:net'
import test from 'node:test'
import { Deadline } from '../../core/time/deadline.ts'
import { seconds } from '../../core/time/duration.ts'
import { probeTcpPort } from './tcp-probe.ts'

const probe = (host: string, port: number) => probeTcpPort({ host, port }, Deadline.after(seconds(2)))

test('a port is open on any address of its host, or closed', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  assert.deepEqual([await probe('127.0.0.1', port), await probe('localhost', port)], ['open', 'open'])
  await new Promise(resolve => server.close(resolve))
  assert.deepEqual([await probe('127.0.0.1', port), await probe('localhost', port)], ['closed', 'closed'])
})

test('a name that leads nowhere says nothing about a port', async () => {
  const state = await probe('no-such-host.invalid', 80)
  assert.ok(typeof state === 'object' && /no address for no-such-host\.invalid/.test(state.unknown), String(state))
})

test('an address to which there is no way says nothing about a port', async () => {
  const state = await probe('fe80::1', 80)
  assert.ok(typeof state === 'object', JSON.stringify(state))
})
