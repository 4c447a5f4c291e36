import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { NotSupported } from '../../core/errors.ts'
import { parseUserNetwork, UserNetwork } from './user-network.ts'

const transcript = readFileSync(
  join(import.meta.dirname, '../../../fixtures/transcripts/qemu-info-usernet.txt'),
  'utf8',
)

for (const [ends, text] of [
  ['as a terminal gets them', transcript.replaceAll('\n', '\r\n')],
  ['bare', transcript],
] as const)
  test(`forwarded ports and connections are read, lines ended ${ends}`, () =>
    assert.deepEqual(parseUserNetwork(text), [
      { state: 'SYN_SENT', hostPort: 40505, guestPort: 80 },
      { state: 'ESTABLISHED', hostPort: 45341, guestPort: 22 },
      { state: 'HOST_FORWARD', hostPort: 40505, guestPort: 80 },
      { state: 'HOST_FORWARD', hostPort: 45341, guestPort: 22 },
    ]))

test('a machine without a network has none', () => assert.deepEqual(parseUserNetwork(''), []))

/** A QEMU that forwards what it is told to, at the port 40001. */
function monitor() {
  const said: string[] = []
  let rows = ''
  const human = async (command: string): Promise<string> => {
    if (command === 'info usernet') return rows
    said.push(command)
    rows = '  TCP[HOST_FORWARD]  13       127.0.0.1 40001    203.0.113.10    22     0     0\n'
    return ''
  }
  return { said, human }
}

for (const [what, address, command] of [
  ['what DHCP hands out', undefined, 'hostfwd_add tcp:127.0.0.1:0-:22'],
  ['the fixed address of the host', '203.0.113.10', 'hostfwd_add tcp:127.0.0.1:0-203.0.113.10:22'],
] as const)
  test(`a port leads to ${what}`, async () => {
    const qemu = monitor()
    assert.equal(await new UserNetwork(qemu, address).forward(22), 40001)
    assert.deepEqual(qemu.said, [command])
  })

test('a machine without IPv4 cannot be reached from here, which is no verdict on its port', async () => {
  const qemu = monitor()
  await assert.rejects(new UserNetwork(qemu, '').forward(22), (error: unknown) => {
    assert.ok(error instanceof NotSupported)
    assert.match(error.message, /^Port 22 .*no IPv4 address/)
    return true
  })
  assert.deepEqual(qemu.said, [])
})
