import assert from 'node:assert/strict'
import test from 'node:test'
import { doesNotReach, reaches } from '../../claim/network/peer.ts'
import { FakeClock } from '../../core/time/clock.ts'
import { seconds } from '../../core/time/duration.ts'
import { FakeMachine } from '../../machine/drivers/fake.ts'
import { parseMachineUrl } from '../../machine/pool/driver-registry.ts'
import { peer } from '../../probe/network/peer.ts'
import { answered } from '../../probe/testing/answered.ts'
import { provideContext } from '../context.ts'
import { readMembers } from '../words/members.ts'
import { NixWorld } from '../world.ts'
import { joinNetwork, type Member, rejoin } from './join-network.ts'
import { changeLink, cutOff, readLoss, seeBetween } from './links.ts'
import { PrivateNetwork } from './private-network.ts'

const PINGED = answered(['192.168.77.2', '64 bytes from 192.168.77.2: icmp_seq=1 ttl=64 time=0.8 ms', '']).stdout
const SILENT = answered(['192.168.77.2', { code: 1 }, '192.168.77.2 dev vnet-nixcumber FAILED']).stdout

/** Guests that do what they are told and have the given routes. */
function made({ routes = '', ping = PINGED, urls = {} }: { routes?: string; ping?: Buffer; urls?: object } = {}) {
  const machines = new Map(
    ['web1', 'db1', 'cache'].map(name => [
      name,
      new FakeMachine({
        kind: 'fake',
        name,
        answering: ({ script }) => {
          if (script.includes('route show')) return { stdout: routes }
          if (script.includes('ifindex')) return { stdout: 'vnet-nixcumber\n' }
          return script.includes('ping -n') ? { stdout: ping } : {}
        },
      }),
    ]),
  )
  const notes: string[] = []
  const clock = new FakeClock()
  const network = new PrivateNetwork(clock, 7)
  const record = { note: (text: string) => notes.push(text), machine() {}, flake() {} }
  const settings = {
    machines: Object.fromEntries(
      Object.entries({ web1: 'run:x', db1: 'run:x', cache: 'run:x', ...urls }).map(([name, address]) => [
        name,
        { address, plan: parseMachineUrl(`${name}=${address}`, { folder: '/', env: {} }) },
      ]),
    ),
  }
  const context = { settings, clock, network, record, progress: { note() {} }, flakes: {} }
  provideContext({
    ...context,
    machines: { names: [], register() {}, plan() {}, get: async (name: string) => machines.get(name) },
  } as never)
  const world = new NixWorld({ attach() {}, log() {}, link() {}, parameters: {} } as never)
  const told = async (name: string) => (await machines.get(name)?.shell())?.commands ?? []
  return { world, network, notes, told, machines }
}

const members = (...names: string[]): Member[] => names.map(machine => ({ machine }))

test('machines on a network have a card, an address each, and each other’s names', async () => {
  const { world, network, told, machines } = made()
  await joinNetwork(world, members('web1', 'db1'))
  assert.deepEqual(
    [...network.addresses],
    [
      ['web1', '192.168.77.1'],
      ['db1', '192.168.77.2'],
    ],
  )
  assert.deepEqual(machines.get('db1')?.nics, ['nixcumber'])
  const last = (await told('db1')).at(-1) ?? ''
  assert.match(last, /ip addr add 192\.168\.77\.2\/24 .*dev vnet-nixcumber/)
  assert.match(last, /'192\.168\.77\.1 web1'/)
  assert.doesNotMatch(last, /192\.168\.77\.2 db1/)
})

test('a machine that joins later is made known to those who are there', async () => {
  const { world, told } = made()
  await joinNetwork(world, members('web1', 'db1'))
  await joinNetwork(world, members('cache'))
  assert.match((await told('web1')).at(-1) ?? '', /'192\.168\.77\.2 db1' '192\.168\.77\.3 cache'/)
})

test('a network that a machine uses already is not taken', async () => {
  const { world, network } = made({ routes: '192.168.77.0/24 dev virbr0 scope link\n' })
  await joinNetwork(world, members('web1', 'db1'))
  assert.equal(network.addresses.get('db1'), '192.168.78.2')
})

test('addresses may be given', async () => {
  const { world, network } = made()
  await joinNetwork(
    world,
    readMembers([
      ['machine', 'address'],
      ['web1', '10.1.2.1'],
      ['db1', '10.1.2.30'],
      ['cache', ''],
    ]),
  )
  assert.deepEqual([...network.addresses.values()], ['10.1.2.1', '10.1.2.30', '10.1.2.2'])
})

const table = (...rows: [string, string][]) => readMembers([['machine', 'address'], ...rows])

test('an address that is given belongs to no other machine, even to the one that had it before', async () => {
  const { world, network } = made()
  await joinNetwork(world, members('web1', 'db1'))
  network.reset()
  await joinNetwork(world, table(['db1', '192.168.77.1'], ['web1', '']))
  assert.deepEqual(
    [...network.addresses],
    [
      ['db1', '192.168.77.1'],
      ['web1', '192.168.77.3'],
    ],
  )
})

test('who joins later leaves the addresses of those who are there, and joins their network', async () => {
  const { world, network } = made()
  await joinNetwork(world, table(['web1', '10.1.2.10'], ['db1', '10.1.2.11']))
  await joinNetwork(world, members('cache'))
  assert.deepEqual([...network.addresses.values()], ['10.1.2.10', '10.1.2.11', '10.1.2.1'])
})

test('an address that is taken, or of another network, is refused to who joins later', async () => {
  const { world } = made()
  await joinNetwork(world, members('web1', 'db1'))
  await assert.rejects(
    joinNetwork(world, table(['cache', '192.168.77.2'])),
    /^UsageError: Machine "cache" cannot have the address 192\.168\.77\.2\n.*Got +"db1" has it/s,
  )
  await assert.rejects(joinNetwork(world, table(['cache', '10.1.2.3'])), /in the network 192\.168\.77\.0\/24/)
})

test('a machine that was booted again is put on its network again, another one is left alone', async () => {
  const { world, told, machines } = made()
  await joinNetwork(world, members('web1', 'db1'))
  const db1 = machines.get('db1') as FakeMachine
  await db1.power('reboot')
  assert.deepEqual(db1.nics, [])
  await rejoin(world, db1)
  assert.deepEqual(db1.nics, ['nixcumber'])
  await rejoin(world, machines.get('cache') as FakeMachine)
  assert.deepEqual(await told('cache'), [])
})

const refused: Readonly<Record<string, [() => Promise<unknown> | unknown, RegExp]>> = {
  'one machine alone': [
    () => joinNetwork(made().world, members('web1')),
    /"web1" would be alone on the network.*two machines/s,
  ],
  'a machine twice': [() => joinNetwork(made().world, members('web1', 'web1')), /"web1" is put on the network twice/],
  'a live host': [
    () => joinNetwork(made({ urls: { db1: 'ssh://root@db1' } }).world, members('web1', 'db1')),
    /"db1" is a live host and has its own network.*without --machine db1=ssh/s,
  ],
  'a link without a network': [
    () => changeLink(made().world, 'web1', 'db1', { down: true }),
    /No machine is on a network.*Given machines "web1, …" are on a network/s,
  ],
  'more than all packets': [() => readLoss(130), /cannot lose 130 % of its packets.*0 to 100/s],
  'what is no address': [
    () =>
      readMembers([
        ['machine', 'address'],
        ['web1', '10.1.2'],
      ]),
    /"10\.1\.2" cannot be the address/,
  ],
  'an address twice': [
    () =>
      readMembers([
        ['machine', 'address'],
        ['web1', '10.1.2.3'],
        ['db1', '10.1.2.3'],
      ]),
    /Two machines have the address 10\.1\.2\.3/,
  ],
  'addresses of two networks': [
    () =>
      readMembers([
        ['machine', 'address'],
        ['web1', '10.1.2.3'],
        ['db1', '10.1.3.3'],
      ]),
    /10\.1\.2\.3 and 10\.1\.3\.3 are not in one network/,
  ],
}

for (const [what, [act, reason]] of Object.entries(refused))
  test(`refused with a reason: ${what}`, () => assert.rejects(async () => act(), reason))

test('a machine that is not on the network is refused with the nearest', async () => {
  const { world } = made()
  await joinNetwork(world, members('web1', 'db1'))
  await assert.rejects(
    changeLink(world, 'web1', 'db2', { down: true }),
    /Machine "db2" is not on the network.*Did you mean +db1/s,
  )
  await assert.rejects(cutOff(world, 'web2', true), /Did you mean +web1/)
  await assert.rejects(changeLink(world, 'web1', 'web1', { down: true }), /not from "web1" to itself/)
})

const way = { from: 'web1', to: 'db1', subject: 'the way from web1 to db1', query: { peer: 'db1', pings: 1 } }

test('what was done to the link is told where a way is closed', async () => {
  const { world } = made({ ping: SILENT })
  await joinNetwork(world, members('web1', 'db1'))
  await changeLink(world, 'web1', 'db1', { down: true })
  await assert.rejects(
    seeBetween(world, peer, way, reaches, { within: seconds(2) }),
    /^ExpectationNotMet: the way from web1 to db1 was closed within 2 s.*Observed +no answer to a ping to 192\.168\.77\.2 \(ARP: FAILED\); the link is down/s,
  )
  await seeBetween(world, peer, way, doesNotReach, {})
  await changeLink(world, 'web1', 'db1', { down: false })
  await cutOff(world, 'db1', true)
  await assert.rejects(seeBetween(world, peer, way, reaches, { now: true }), /FAILED\); db1 is cut off/)
})

test('a name that is not known is no closed way', async () => {
  const { world } = made({ ping: answered([{ code: 2 }, '', '']).stdout })
  await joinNetwork(world, members('web1', 'db1'))
  await assert.rejects(
    seeBetween(world, peer, way, doesNotReach, { within: seconds(1) }),
    /leads to a name that is not known there within 1 s.*the name is not known there/s,
  )
})

test('a sentence that names its machines takes no other', async () => {
  const { world } = made()
  await joinNetwork(world, members('web1', 'db1'))
  await assert.rejects(
    seeBetween(world, peer, way, reaches, { machine: 'db1' }),
    /names its machines already: "web1" is asked/,
  )
})

test('the seed of what is lost is in the report, once', async () => {
  const { world, notes } = made()
  await joinNetwork(world, members('web1', 'db1'))
  for (const loss of [0.3, 0.5]) await changeLink(world, 'web1', 'db1', { loss })
  assert.deepEqual(notes, ['Packets are lost by the seed 7: NIXCUMBER_SEED=7 loses the same ones'])
})

test('what the switch had to drop is told once, when the scenario ends, and the network is empty then', async () => {
  const { world, network } = made()
  await joinNetwork(world, members('web1', 'db1'))
  network.switch.counts('db1').dropped = 12
  assert.deepEqual(network.reset(), ['The network dropped 12 packets for "db1": they came faster than it took them'])
  assert.deepEqual([network.addresses.size, network.reset()], [0, []])
})
