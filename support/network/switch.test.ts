import assert from 'node:assert/strict'
import test from 'node:test'
import { packet } from './frames.ts'
import { QUEUE_BYTES, Switch } from './switch.ts'
import { frame, shout } from './testing/peer.ts'

const ADDRESS = { web1: '020000000001', db1: '020000000002', cache: '020000000003' } as const
type Name = keyof typeof ADDRESS

function made(seed = 1): Switch {
  const made = new Switch(seed)
  for (const machine of Object.keys(ADDRESS)) made.connect(machine)
  return made
}

const unicast = (from: Name, to: Name, text = '') => packet(frame(ADDRESS[to], ADDRESS[from], text))
const send = (it: Switch, from: Name, to: Name, now = 0) =>
  it.receive(from, unicast(from, to), now).map(({ to, at }) => `${to} at ${at}`)
/** Where everybody is becomes known. */
const introduce = (it: Switch) => {
  for (const name of Object.keys(ADDRESS) as Name[])
    for (const departure of it.receive(name, packet(shout(ADDRESS[name])), 0)) it.left(departure, 'sent')
}

test('a frame for an unknown address goes to all others, one for a known address only there', () => {
  const it = made()
  assert.deepEqual(send(it, 'web1', 'db1'), ['db1 at 0', 'cache at 0'])
  assert.deepEqual(send(it, 'db1', 'web1'), ['web1 at 0'])
  assert.deepEqual(send(it, 'web1', 'db1'), ['db1 at 0'])
})

test('a broadcast goes to everybody else, however often its sender was seen', () => {
  const it = made()
  introduce(it)
  assert.deepEqual(
    it.receive('web1', packet(shout(ADDRESS.web1)), 0).map(({ to }) => to),
    ['db1', 'cache'],
  )
})

test('a machine whose address turns up at another port is found there', () => {
  const it = made()
  introduce(it)
  it.receive('cache', packet(frame(ADDRESS.web1, ADDRESS.db1)), 0)
  assert.deepEqual(send(it, 'web1', 'db1'), ['cache at 0'])
})

test('a frame is not sent back to where it came from', () => {
  const it = made()
  introduce(it)
  assert.deepEqual(send(it, 'web1', 'web1'), [])
})

test('a link that is down passes nothing, in the direction that is down', () => {
  const it = made()
  introduce(it)
  it.conditions.set('web1', 'db1', { down: true })
  assert.deepEqual([send(it, 'web1', 'db1'), send(it, 'db1', 'web1')], [[], ['web1 at 0']])
  assert.equal(it.counts('db1').cut, 1)
  it.conditions.set('web1', 'db1', { down: false })
  assert.deepEqual(send(it, 'web1', 'db1'), ['db1 at 0'])
})

test('a machine that is cut off neither sends nor hears, and the others go on', () => {
  const it = made()
  introduce(it)
  it.conditions.cutOff('db1', true)
  assert.deepEqual(
    [send(it, 'web1', 'db1'), send(it, 'db1', 'web1'), send(it, 'web1', 'cache')],
    [[], [], ['cache at 0']],
  )
  it.conditions.cutOff('db1', false)
  assert.deepEqual(send(it, 'web1', 'db1'), ['db1 at 0'])
})

test('a frame on its way does not arrive when its link goes down meanwhile', () => {
  const it = made()
  introduce(it)
  it.conditions.set('web1', 'db1', { latencyMs: 200 })
  const [departure] = it.receive('web1', unicast('web1', 'db1'), 0)
  assert.ok(departure && it.leads(departure))
  it.conditions.set('web1', 'db1', { down: true })
  assert.ok(!it.leads(departure))
})

test('latency holds each frame back, and none overtakes another when it becomes shorter', () => {
  const it = made()
  introduce(it)
  it.conditions.set('web1', 'db1', { latencyMs: 200 })
  assert.deepEqual(send(it, 'web1', 'db1', 1000), ['db1 at 1200'])
  it.conditions.set('web1', 'db1', { latencyMs: 10 })
  assert.deepEqual(send(it, 'web1', 'db1', 1001), ['db1 at 1200'])
  assert.deepEqual(send(it, 'db1', 'web1', 1001), ['web1 at 1001'])
  assert.deepEqual(send(it, 'web1', 'db1', 1500), ['db1 at 1510'])
})

test('loss takes as many as it says, and with the same seed the same ones', () => {
  const lost = (seed: number): string => {
    const it = made(seed)
    introduce(it)
    it.conditions.set('web1', 'db1', { loss: 0.3 })
    return Array.from({ length: 2000 }, () => {
      const [departure] = it.receive('web1', unicast('web1', 'db1'), 0)
      if (departure) it.left(departure, 'sent')
      return departure ? '.' : 'x'
    }).join('')
  }
  const share = lost(7).replaceAll('.', '').length / 2000
  assert.ok(share > 0.26 && share < 0.34, `lost ${share}`)
  assert.equal(lost(7), lost(7))
  assert.notEqual(lost(7), lost(8))
})

test('a queue that is full drops, counts, and takes again when it has room', () => {
  const it = made()
  introduce(it)
  it.conditions.set('web1', 'db1', { latencyMs: 1000 })
  const big = 'x'.repeat(1486)
  const departures = Array.from({ length: 10_000 }, () => it.receive('web1', unicast('web1', 'db1', big), 0)).flat()
  const bytes = departures.reduce((sum, departure) => sum + departure.packet.length, 0)
  assert.ok(bytes <= QUEUE_BYTES && bytes > QUEUE_BYTES - 2000)
  assert.equal(it.counts('db1').dropped, 10_000 - departures.length)
  for (const departure of departures) it.left(departure, 'sent')
  assert.equal(it.receive('web1', unicast('web1', 'db1', big), 0).length, 1)
})

test('who is not on the network hears nothing, and after a reset it is empty', () => {
  const it = made()
  assert.deepEqual(it.receive('stranger', packet(shout('020000000009')), 0), [])
  it.reset()
  assert.deepEqual([it.members, send(it, 'web1', 'db1')], [[], []])
})

test('a guest that makes up addresses does not keep the others from being found', () => {
  const it = made()
  for (let i = 0; i < 10_000; i++) {
    const address = (0x02_00_00_00_00_01 + i).toString(16).padStart(12, '0')
    for (const departure of it.receive('cache', packet(shout(address)), 0)) it.left(departure, 'sent')
  }
  introduce(it)
  assert.deepEqual(send(it, 'web1', 'db1'), ['db1 at 0'])
})
