import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { parseUserNetwork } from './user-network.ts'

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
