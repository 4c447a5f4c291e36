import test from 'node:test'
import { judgeOnLab } from '../lab/judge.ts'
import { labSkip } from '../lab/skip.ts'
import { startLabHost } from '../lab/start.ts'
import type { LabWish } from '../lab/wish.ts'

const skip = labSkip

/** Listens as its arguments say: `tcp,7001,0.0.0.0`; `only` for IPv6 without IPv4. */
const LISTENER = `const net = require('net'), dgram = require('dgram')
for (const word of process.argv.slice(2)) {
  const [protocol, port, host, only] = word.split(',')
  if (protocol === 'tcp') net.createServer(socket => socket.end()).listen({ port: Number(port), host, ipv6Only: only === 'only' })
  else dgram.createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', ipv6Only: only === 'only' }).bind(Number(port), host)
}
`
const LISTENERS = [
  ...['tcp,7001,0.0.0.0', 'tcp,7002,127.0.0.1', 'tcp,7003,::', 'tcp,7004,::1', 'tcp,7005,::,only', 'tcp,70,127.0.0.2'],
  ...['udp,7006,127.0.0.1', 'udp,7007,0.0.0.0', 'udp,7008,::1'],
]
const HOST: LabWish = {
  files: { '/srv/listen.cjs': LISTENER },
  units: {
    'listen.service': `[Service]\nExecStart=/usr/local/bin/node /srv/listen.cjs ${LISTENERS.join(' ')}\nExecStartPost=/bin/sh -c "until ss -Hltn | grep -q :70' '; do sleep 0.1; done"\n`,
  },
  start: ['listen.service'],
}

test('ports: so, not so, on every kind of address', { skip }, async () => {
  await using host = await startLabHost(HOST)
  await judgeOnLab(host, [
    ['tcp port 22 is listening', 'held'],
    ['tcp port 22 is not listening', 'not met', /still listening/],
    ['tcp port 2 is listening', 'not met', /not listening/],
    ['tcp port 2 is not listening', 'held'],
    ['tcp port 7001 is listening', 'held'],
    ['tcp port 70 is listening', 'held'],
    ['tcp port 700 is listening', 'not met'],
    ['udp port 7001 is listening', 'not met'],
    ['udp port 7001 is not listening', 'held'],
    ['udp port 7006 is listening', 'held'],
    ['udp port 7006 is not listening', 'not met'],
    ['tcp port 7006 is listening', 'not met'],
    ['tcp port 7001 is listening on address "0.0.0.0"', 'held'],
    ['tcp port 7002 is listening on address "127.0.0.1"', 'held'],
    ['tcp port 7002 is not listening on address "127.0.0.1"', 'not met', /still listening on 127\.0\.0\.1/],
    ['tcp port 7002 is listening on address "127.0.0.2"', 'not met'],
    ['tcp port 7002 is not listening on address "127.0.0.2"', 'held'],
    ['tcp port 7002 is listening on address "0.0.0.0"', 'not met', /listening on 127\.0\.0\.1/],
    ['tcp port 7002 is not listening on address "0.0.0.0"', 'held'],
    ['tcp port 7004 is listening on address "::1"', 'held'],
    ['tcp port 7004 is not listening on address "::1"', 'not met'],
    ['tcp port 7004 is not listening on address "127.0.0.1"', 'held'],
    ['tcp port 7005 is listening on address "::"', 'held'],
    ['udp port 7007 is listening on address "0.0.0.0"', 'held'],
    ['udp port 7008 is listening on address "::1"', 'held'],
    ['tcp port 2 is listening on address "127.0.0.1"', 'not met'],
    ['tcp port 2 is not listening on address "127.0.0.1"', 'held'],
    ['tcp port 0 is listening', 'refused', /is no port/],
    ['tcp port 65536 is listening', 'refused', /is no port/],
    ['tpc port 22 is listening', 'refused', /Did you mean +tcp/],
  ])
})

test('ports: reachable from the runner, or not', { skip }, async () => {
  await using host = await startLabHost(HOST)
  await judgeOnLab(host, [
    ['tcp port 22 is reachable', 'held'],
    ['tcp port 22 is not reachable', 'not met', /still reachable/],
    ['tcp port 7001 is reachable', 'held'],
    ['tcp port 7002 is reachable', 'not met', /refused|closed/],
    ['tcp port 7002 is not reachable', 'held'],
    ['tcp port 2 is reachable', 'not met', /refused|closed/],
    ['tcp port 2 is not reachable', 'held'],
    ['udp port 7007 is reachable', 'refused', /listening/],
    ['udp port 7007 is not reachable', 'refused', /listening/],
  ])
})

test('ports: the look fails', { skip }, async () => {
  await using host = await startLabHost({
    ...HOST,
    tools: { cat: '#!/bin/sh\necho "cat: Input/output error" >&2\nexit 1\n' },
  })
  await judgeOnLab(
    host,
    [
      'is listening',
      'is not listening',
      'is listening on address "127.0.0.1"',
      'is not listening on address "127.0.0.1"',
    ].map(what => [`tcp port 7002 ${what}`, 'could not check', /Input\/output error/] as const),
  )
  host.remove('cat')
  await judgeOnLab(
    host,
    ['is listening', 'is not listening'].map(what => [`tcp port 7002 ${what}`, 'could not check', /cat/] as const),
  )
})

test('ports: addresses that mean the same, and wrong ones', { skip }, async () => {
  await using host = await startLabHost(HOST)
  await judgeOnLab(host, [
    ['tcp port 7005 is not listening on address "::1"', 'not met', /::/],
    // what listens everywhere listens on every address of its kind
    ['tcp port 7001 is not listening on address "127.0.0.1"', 'not met', /0\.0\.0\.0/],
    ['tcp port 7003 is not listening on address "::1"', 'not met', /::/],
    ['tcp port 7003 is not listening on address "127.0.0.1"', 'not met', /::/],
    ['udp port 7007 is not listening on address "127.0.0.1"', 'not met', /0\.0\.0\.0/],
    // one address, written in other ways
    ['tcp port 7004 is listening on address "0:0:0:0:0:0:0:1"', 'held'],
    ['tcp port 7004 is not listening on address "0:0:0:0:0:0:0:1"', 'not met'],
    ['tcp port 7004 is listening on address "[::1]"', 'held'],
    ['tcp port 7004 is not listening on address "[::1]"', 'not met'],
    ['tcp port 7002 is listening on address "::ffff:127.0.0.1"', 'held'],
    ['tcp port 7002 is listening on address "localhost"', 'refused'],
    ['tcp port 7002 is listening on address "127.0.0.300"', 'refused'],
    ['tcp port 7002 is listening on address ""', 'refused'],
  ])
})
