import assert from 'node:assert/strict'
import test from 'node:test'
import { parseIpAddress } from '../../core/values/ip-address.ts'
import { command } from '../command.ts'
import { file } from '../files/file.ts'
import { http } from '../http/http.ts'
import { mounts } from '../mounts.ts'
import { card } from '../network/card.ts'
import { peer } from '../network/peer.ts'
import { peerPort } from '../network/peer-port.ts'
import { port } from '../network/port.ts'
import type { Probe } from '../probe.ts'
import { boot } from '../system/boot.ts'
import { nixos } from '../system/nixos.ts'
import { system } from '../system/system.ts'
import { timeZone } from '../system/time-zone.ts'
import { virtualTerminal } from '../system/virtual-terminal.ts'
import { journal } from '../units/journal.ts'
import { unit, units } from '../units/unit.ts'
import { unitProperty } from '../units/unit-properties.ts'
import { group } from './group.ts'
import { user, users } from './user.ts'

const of = <Query>(probe: Probe<Query, unknown>, query: Query): string => probe.describe(query)
const text = { text: 'x' }

/** What a first line begins with: `tcp port 80 on web was not listening`. */
for (const [told, words] of [
  [of(boot, undefined), 'the boot'],
  [of(card, { mac: '02:00:00:00:00:01' } as Parameters<typeof card.describe>[0]), 'the network card 02:00:00:00:00:01'],
  [of(command, 'id -un'), 'the command "id -un"'],
  [of(file, { path: '/etc/hosts' } as Parameters<typeof file.describe>[0]), 'file /etc/hosts'],
  [of(group, { name: 'wheel' }), 'group wheel'],
  [of(http, 'http://localhost/'), 'http://localhost/'],
  [of(journal, { pattern: text }), 'the journal'],
  [of(journal, { unit: 'nginx.service', pattern: text }), 'the journal of nginx.service'],
  [of(mounts, undefined), 'the mounts'],
  [of(nixos, undefined), 'the running system'],
  [of(peer, { peer: 'db', pings: 1 }), 'the way to db'],
  [of(peerPort, { peer: 'db', port: 5432 } as Parameters<typeof peerPort.describe>[0]), 'tcp port 5432 of db'],
  [of(port, { protocol: 'udp', port: 53 }), 'udp port 53'],
  [of(system, undefined), 'the system'],
  [of(timeZone, 'UTC'), 'the time zone'],
  [of(unit, 'nginx.service'), 'nginx.service'],
  [of(units, ['a.service', 'b.service']), 'these 2 services'],
  [
    of(unitProperty, { unit: 'a.service', property: 'Type' } as Parameters<typeof unitProperty.describe>[0]),
    'a.service',
  ],
  [of(user, { name: 'simon' }), 'user simon'],
  [of(users, { users: ['simon', 'anna'] }), 'these 2 users'],
  [of(virtualTerminal, undefined), 'the screen'],
] as const)
  test(`a look is called: ${words}`, () => assert.equal(told, words))

test('only what a sentence asks about is asked', () => {
  const scripts = (asked: readonly { readonly script: string }[]) => asked.map(({ script }) => script)
  const [own, other] = scripts([
    port.command({ protocol: 'tcp', port: 80 }),
    port.command({ protocol: 'udp', port: 80, address: parseIpAddress('::1') ?? assert.fail() }),
  ])
  assert.ok(own?.includes('/proc/net/tcp6') && !own.includes('ss -H') && !own.includes('/proc/net/udp'))
  assert.ok(other?.includes('/proc/net/udp6') && /ss -H -l -n -e '?-u'?/.test(other) && other.includes('ip -j address'))
  const [alone, member] = scripts([group.command({ name: 'wheel' }), group.command({ name: 'wheel', member: 'simon' })])
  assert.ok(!alone?.includes('simon') && member?.includes('simon') && member.includes('initgroups'))
  const [plain, grouped] = scripts([
    users.command({ users: ['a'] }),
    users.command({ users: ['a'], groups: ['wheel'] }),
  ])
  assert.ok(!plain?.includes('wheel') && !plain?.includes('initgroups') && grouped?.includes('initgroups'))
})

test('what helps to understand a failure is asked of the very thing', () => {
  const evidence = <Query>(probe: Probe<Query, unknown>, query: Query) => {
    const found = probe.evidence?.(query)
    return `${found?.name}: ${found?.command.script}`
  }
  assert.match(evidence(unit, 'nginx.service'), /^journal: [\s\S]*--unit nginx\.service[\s\S]*journalctl .*--lines 20/)
  assert.match(
    evidence(journal, { unit: 'nginx.service', pattern: text }),
    /^journal: [\s\S]*nginx\.service[\s\S]*--lines 20$/,
  )
  assert.match(evidence(port, { protocol: 'tcp', port: 80 }), /^listening sockets: ss /)
  assert.match(
    evidence(peer, { peer: 'db', pings: 1 }),
    /^network: ip -4 addr; ip -4 route; ip -4 neigh; cat \/etc\/hosts$/,
  )
})
