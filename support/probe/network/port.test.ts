import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { seconds } from '../../core/time/duration.ts'
import type { IpAddress } from '../../core/values/ip-address.ts'
import { LocalShell } from '../../shell/local.ts'
import { known } from '../fact.ts'
import { answered, type Said } from '../testing/answered.ts'
import { UnreadableAnswer } from '../unreadable-answer.ts'
import { type PortQuery, parseAddress, port } from './port.ts'

const shell = new LocalShell()
after(() => shell[Symbol.asyncDispose]())
const ask = async (query: PortQuery) =>
  port.parse(await shell.run(port.command(query), { attempt: seconds(10) }), query)

const ON: IpAddress = { text: '127.0.0.1', family: 4 }
const plain = { is: { v6only: false } }

test('a tcp port that listens is seen with its address', async () => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port: number } = server.address() as AddressInfo
  const { listening } = await ask({ protocol: 'tcp', port: number })
  assert.deepEqual(
    listening.map(({ address }) => address.text),
    ['127.0.0.1'],
  )
  const asked = await ask({ protocol: 'tcp', port: number, address: ON })
  assert.deepEqual(asked.listening, [{ address: ON, details: plain }])
  assert.ok(known(asked.own)?.some(({ address, device }) => address.text === '127.0.0.1' && device === 'lo'))
  server.close()
})

for (const [host, ipv6Only] of [
  ['::', true],
  ['::', false],
] as const)
  test(`whether IPv4 gets into ${host} is told: ${!ipv6Only}`, async () => {
    const server = createServer()
    await new Promise<void>(resolve => server.listen({ port: 0, host, ipv6Only }, resolve))
    const { port: number } = server.address() as AddressInfo
    const { listening } = await ask({ protocol: 'tcp', port: number, address: ON })
    assert.deepEqual(
      listening.map(({ details }) => details),
      [{ is: { v6only: ipv6Only } }],
    )
    server.close()
  })

test('a udp port is another port than the tcp port of the same number', async () => {
  const socket = createSocket('udp4')
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  const { port: number } = socket.address()
  const { listening } = await ask({ protocol: 'udp', port: number, address: ON })
  assert.deepEqual(listening, [{ address: ON, details: plain }])
  assert.deepEqual((await ask({ protocol: 'tcp', port: number })).listening, [])
  socket.close()
})

/** The tables of one kernel: as the first TCP socket of a table that listens on port 80. */
const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
const tableOf = (address: string): string =>
  `${HEAD}\n   0: ${address}:0050 ${address.replace(/./g, '0')}:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0\n`

const v4 = { tcp: tableOf('00000000'), udp: HEAD }
for (const [what, tables, wanted] of [
  ['without IPv6 has IPv4 alone', v4, ['0.0.0.0']],
  ['with IPv6 has both', { ...v4, tcp6: tableOf('00000000000000000000000001000000') }, ['0.0.0.0', '::1']],
] as const)
  test(`a kernel ${what}`, async t => {
    const folder = mkdtempSync(join(tmpdir(), 'tables-'))
    t.after(() => rmSync(folder, { recursive: true }))
    for (const [name, text] of Object.entries(tables)) writeFileSync(join(folder, name), text)
    const query: PortQuery = { protocol: 'tcp', port: 80 }
    const { script } = port.command(query)
    const result = await shell.run({ script: script.replaceAll('/proc/net', folder) }, { attempt: seconds(10) })
    assert.deepEqual(
      port.parse(result, query).listening.map(({ address }) => address.text),
      wanted,
    )
  })

const parsed = (v4: Said, v6: Said = '') => port.parse(answered([v4, v6]), { protocol: 'tcp', port: 80 })

test('tables that are none, or are not there, say nothing of ports', () => {
  assert.deepEqual(parsed(HEAD).listening, [])
  for (const [v4, v6] of [
    [''],
    ['nonsense'],
    [`${HEAD}\nnonsense`],
    [HEAD, 'nonsense'],
    [{ code: 1 }],
    [HEAD, { code: 1 }],
  ] as const)
    assert.throws(() => parsed(v4, v6), UnreadableAnswer)
  for (const [v4, v6] of [[{ code: 127 }], [HEAD, { code: 126 }]] as const)
    assert.throws(() => parsed(v4, v6), /the tool for it cannot be run here/)
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
  test(`the kernel's ${kernel} is ${usual}`, () => assert.equal(parseAddress(kernel).text, usual))
