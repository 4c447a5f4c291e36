import assert from 'node:assert/strict'
import test from 'node:test'
import { peer } from './peer.ts'
import { peerPort } from './peer-port.ts'
import { answered } from './testing/answered.ts'

const said = (stdout: string, stderr = '', exitCode = 0) => ({
  exitCode,
  stdout: Buffer.from(stdout),
  stderr: Buffer.from(stderr),
})
const query = { peer: 'db1', pings: 2 }

test('the address, each answer and the neighbour are read', () => {
  const text = `192.168.77.2
|PING 192.168.77.2 (192.168.77.2) 56(84) bytes of data.
64 bytes from 192.168.77.2: icmp_seq=1 ttl=64 time=312 ms
64 bytes from 192.168.77.2: icmp_seq=2 ttl=64 time=0.845 ms

--- 192.168.77.2 ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time 201ms
rtt min/avg/max/mdev = 0.845/156.422/312.000/155.577 ms
|192.168.77.2 dev vnet-nixcumber lladdr 02:c0:c0:15:b8:5f REACHABLE \n`
  assert.deepEqual(peer.parse(answered(text.split('|')), query), {
    address: '192.168.77.2',
    roundTripsMs: [312, 0.845],
    neighbour: 'REACHABLE',
  })
})

test('a peer that does not answer', () => {
  const text = `192.168.77.2
|PING 192.168.77.2 (192.168.77.2) 56(84) bytes of data.
From 192.168.77.1 icmp_seq=1 Destination Host Unreachable

--- 192.168.77.2 ping statistics ---
1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms
|192.168.77.2 dev vnet-nixcumber FAILED \n`
  assert.deepEqual(peer.parse(answered(text.split('|')), query), {
    address: '192.168.77.2',
    roundTripsMs: [],
    neighbour: 'FAILED',
  })
})

test('an unknown name has no address', () => {
  assert.deepEqual(peer.parse(answered(['', '', '']), query), { roundTripsMs: [] })
})

test('a machine without ping is told as that', () => {
  assert.throws(() => peer.parse(answered(['10.0.0.1', 'no ping here', '']), query), /^NotSupported: There is no ping/)
})

for (const [exitCode, stderr, expected] of [
  [0, '', 'open'],
  [1, 'bash: connect: Connection refused\nbash: line 1: /dev/tcp/db1/80: Connection refused', 'refused'],
  [1, 'bash: connect: No route to host\nbash: line 1: /dev/tcp/db1/80: No route to host', 'unreachable'],
  [1, 'bash: db1: Name or service not known\nbash: line 1: /dev/tcp/db1/80: Invalid argument', 'unknown'],
  [1, 'bash: db1: Temporary failure in name resolution\nbash: line 1: /dev/tcp/db1/80: Invalid argument', 'unknown'],
  [124, '', 'silent'],
  [1, 'bash: connect: Connection timed out', 'silent'],
] as const)
  test(`a port is ${expected} after: ${stderr.split('\n')[0] || exitCode}`, () =>
    assert.equal(peerPort.parse(said('', stderr, exitCode), { peer: 'db1', port: 80 }), expected))
