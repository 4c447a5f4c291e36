import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { type AddressInfo, connect, createServer } from 'node:net'
import test, { after } from 'node:test'
import { seconds } from '../core/duration.ts'
import { LocalShell } from '../shell/local.ts'
import { type PortQuery, parseAddress, port } from './port.ts'

const shell = new LocalShell()
after(() => shell[Symbol.asyncDispose]())
const ask = async (query: PortQuery) =>
  port.parse(await shell.run(port.command(query), { attempt: seconds(10) }), query)

test('a tcp port that listens is seen with its address, and who is connected', async () => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port: number } = server.address() as AddressInfo
  const query = { protocol: 'tcp', port: number } as const
  assert.deepEqual(await ask(query), { listening: ['127.0.0.1'], connected: [] })
  const client = connect(number)
  await new Promise(resolve => client.once('connect', resolve))
  assert.deepEqual((await ask(query)).connected, ['127.0.0.1'])
  client.destroy()
  server.close()
})

test('a udp port is another port than the tcp port of the same number', async () => {
  const socket = createSocket('udp4')
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  const { port: number } = socket.address()
  assert.deepEqual((await ask({ protocol: 'udp', port: number })).listening, ['127.0.0.1'])
  assert.deepEqual((await ask({ protocol: 'tcp', port: number })).listening, [])
  socket.close()
})

const addresses: Readonly<Record<string, string>> = {
  '0100007F': '127.0.0.1',
  '0F02000A': '10.0.2.15',
  '00000000': '0.0.0.0',
  '00000000000000000000000000000000': '::',
  '00000000000000000000000001000000': '::1',
  '0000000000000000FFFF00000F02000A': '10.0.2.15',
  '000080FE00000000FF005450563412FE': 'fe80::5054:ff:fe12:3456',
}

for (const [kernel, usual] of Object.entries(addresses))
  test(`the kernel's ${kernel} is ${usual}`, () => assert.equal(parseAddress(kernel), usual))
