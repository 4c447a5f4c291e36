import assert from 'node:assert/strict'
import test from 'node:test'
import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { answered } from '../testing/answered.ts'
import { peer } from './peer.ts'
import { peerPort } from './peer-port.ts'

/** The middle one of three sections ended so. */
const asAnswered = ([address = '', ping = '', neighbours = '']: readonly string[], code: number) => [
  address,
  { code, out: ping },
  neighbours,
]

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

test('no answer', () => {
  const text = `192.168.77.2
|PING 192.168.77.2 (192.168.77.2) 56(84) bytes of data.
From 192.168.77.1 icmp_seq=1 Destination Host Unreachable

--- 192.168.77.2 ping statistics ---
1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms
|192.168.77.2 dev vnet-nixcumber FAILED \n`
  assert.deepEqual(peer.parse(answered(asAnswered(text.split('|'), 1)), query), {
    address: '192.168.77.2',
    roundTripsMs: [],
    neighbour: 'FAILED',
  })
})

test('a name that is not known has no address', () => {
  assert.deepEqual(peer.parse(answered([{ code: 2 }, '', '']), query), { roundTripsMs: [] })
})

for (const [what, sections, unknown] of [
  ['without getent', [{ code: 127 }, '', ''], 'there is no getent on this machine'],
  ['getent fails', [{ code: 3 }, '', ''], 'getent has failed'],
  ['without ping', ['10.0.0.1', { code: 127 }, ''], 'there is no ping on this machine'],
  [
    'ping may not send',
    ['10.0.0.1', { code: 2, out: 'ping: socket: Operation not permitted' }, ''],
    'ping: socket: Operation not permitted',
  ],
  ['ping is killed', ['10.0.0.1', { code: 137 }, ''], 'ping has ended with 137'],
  ['ping says nothing', ['10.0.0.1', '', ''], 'ping has said something else than its answers: '],
] as const)
  test(`it could not be asked: ${what}`, () => assert.equal(peer.parse(answered(sections), query).unknown, unknown))

test('a machine that has no way to go there has got no answer', () => {
  const said = { code: 2, out: 'ping: connect: Network is unreachable' }
  assert.equal(peer.parse(answered(['10.0.0.1', said, '']), query).unknown, undefined)
})

const ADDRESS = '10.0.0.1      STREAM db1'

for (const [code, out, expected] of [
  [0, '', 'open'],
  [1, 'bash: connect: Connection refused\nbash: line 1: /dev/tcp/db1/80: Connection refused', 'refused'],
  [1, 'bash: connect: No route to host\nbash: line 1: /dev/tcp/db1/80: No route to host', 'unreachable'],
  [124, '', 'silent'],
  [1, 'bash: connect: Connection timed out', 'silent'],
  [
    1,
    'bash: /dev/tcp/db1/80: No such file or directory',
    { unknown: 'bash: /dev/tcp/db1/80: No such file or directory' },
  ],
  [127, 'bash: timeout: command not found', { unknown: 'bash: timeout: command not found' }],
  [137, '', { unknown: 'bash has ended with 137' }],
] as const)
  test(`a port is ${JSON.stringify(expected)} after ${code}: ${out.split('\n')[0]}`, () =>
    assert.deepEqual(peerPort.parse(answered([ADDRESS, { code, out }]), { peer: 'db1', port: 80 }), expected))

test('a port of a name that leads nowhere was not tried, however the connection ends', () => {
  const parse = (code: number) => peerPort.parse(answered([{ code }, { code: 124 }]), { peer: 'db1', port: 80 })
  assert.deepEqual([parse(2), parse(127)], ['unnamed', { unknown: 'there is no getent on this machine' }])
})

/** Programs of a machine, in the shell that asks them. */
const PROGRAMS = sh`getent() { [ "$1 $2" = 'ahostsv4 db1' ] && printf '10.0.0.2       STREAM db1\n10.0.0.2       DGRAM\n' || return 2; }
ping() { printf '64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=%s ms\n' 3 5; }
ip() { [ "$*" = '-4 neigh show 10.0.0.2' ] && echo '10.0.0.2 dev lan lladdr 02:00:00:00:00:01 STALE'; }`

test('one look brings the address, the answers and what the kernel knows of the other card; of a stranger nothing is asked', async () => {
  await using shell = new LocalShell()
  const ask = async (name: string) => {
    const asked = { peer: name, pings: 2 }
    return peer.parse(await shell.run(sh`${PROGRAMS}\n${peer.command(asked)}`, { attempt: seconds(10) }), asked)
  }
  assert.deepEqual(await ask('db1'), { address: '10.0.0.2', roundTripsMs: [3, 5], neighbour: 'STALE' })
  assert.deepEqual(await ask('stranger'), { roundTripsMs: [] })
})
