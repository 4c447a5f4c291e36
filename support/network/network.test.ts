import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { memoryInUse } from '../core/testing/memory-in-use.ts'
import { systemClock } from '../core/time/clock.ts'
import { Deadline } from '../core/time/deadline.ts'
import { milliseconds, seconds } from '../core/time/duration.ts'
import { packet } from './frames.ts'
import { Network } from './network.ts'
import { frame, Peer, shout } from './testing/peer.ts'

const WEB = '020000000001'
const DB = '020000000002'

async function two() {
  const folder = mkdtempSync(join(tmpdir(), 'network-'))
  const network = new Network(systemClock, 1)
  const peer = async (name: string) => {
    await network.listen(name, join(folder, name))
    network.switch.connect(name)
    return Peer.connect(join(folder, name))
  }
  const [web, db] = [await peer('web1'), await peer('db1')]
  web.say(shout(WEB, 'web is here'))
  await db.hears(1)
  db.say(frame(WEB, DB, 'db is here'))
  await web.hears(1)
  return {
    network,
    folder,
    web,
    db,
    [Symbol.dispose]() {
      for (const one of [web, db, network]) one[Symbol.dispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

test('frames go from card to card, in their order', async () => {
  using it = await two()
  const texts = Array.from({ length: 100 }, (_, i) => `frame ${i}`)
  for (const text of texts) it.web.say(frame(DB, WEB, text))
  assert.deepEqual(await it.db.hears(101), ['web is here', ...texts])
})

test('latency is waited for, in order, and never cut short', async () => {
  using it = await two()
  it.network.switch.conditions.set('web1', 'db1', { latencyMs: 50 })
  const start = performance.now()
  for (const text of ['one', 'two', 'three']) it.web.say(frame(DB, WEB, text))
  assert.deepEqual((await it.db.hears(4)).slice(1), ['one', 'two', 'three'])
  assert.ok(performance.now() - start >= 50)
})

test('what is held back for a latency goes with the scenario that ordered it', async () => {
  using it = await two()
  it.network.switch.conditions.set('web1', 'db1', { latencyMs: 5000 })
  for (let i = 0; i < 2000; i++) it.web.say(frame(DB, WEB, `late ${i} ${'x'.repeat(1000)}`))
  const counts = it.network.switch.counts('web1')
  for (const over = Deadline.after(seconds(5)); counts.received < 2001; )
    await systemClock.wait(over.expired ? assert.fail('the switch has not got them') : milliseconds(5))
  it.network.reset()
  for (const name of ['web1', 'db1']) it.network.switch.connect(name)
  const start = performance.now()
  it.web.say(shout(WEB, 'anew'))
  assert.deepEqual((await it.db.hears(2)).slice(1), ['anew'])
  assert.ok(performance.now() - start < 2000)
})

test('a link that goes down takes what is on its way with it', async () => {
  using it = await two()
  it.network.switch.conditions.set('web1', 'db1', { latencyMs: 30 })
  it.web.say(frame(DB, WEB, 'too late'))
  while (it.network.switch.counts('web1').received < 2) await systemClock.wait(milliseconds(1))
  it.network.switch.conditions.set('web1', 'db1', { down: true })
  await systemClock.wait(milliseconds(60))
  assert.deepEqual(it.db.heard, ['web is here'])
  assert.equal(it.network.switch.counts('db1').cut, 1)
})

test('a card that connects again is served again', async () => {
  using it = await two()
  it.db.socket.destroy()
  await it.network.listen('db1', join(it.folder, 'db1'))
  using again = await Peer.connect(join(it.folder, 'db1'))
  again.say(shout(DB, 'back'))
  await it.web.hears(2)
  it.web.say(frame(DB, WEB, 'welcome'))
  assert.deepEqual(await again.hears(1), ['welcome'])
})

test('what is no frame ends the connection, not the runner', async () => {
  using it = await two()
  it.db.socket.write(Buffer.alloc(64))
  await once(it.db.socket, 'close')
  assert.equal(it.network.switch.counts('db1').received, 1)
})

test('a flood at a card that does not read neither grows the memory nor stalls the others', async () => {
  using it = await two()
  it.db.socket.pause()
  const burst = Buffer.concat(Array.from({ length: 700 }, () => packet(frame(DB, WEB, 'x'.repeat(1486)))))
  const before = memoryInUse()
  let longest = 0
  for (let i = 0; i < 100; i++) {
    const start = performance.now()
    if (!it.web.socket.write(burst)) await once(it.web.socket, 'drain')
    longest = Math.max(longest, performance.now() - start)
  }
  while (it.network.switch.counts('web1').received < 70_001) await systemClock.wait(milliseconds(5))
  const { sent, dropped } = it.network.switch.counts('db1')
  assert.equal(sent + dropped, 70_001)
  assert.ok(dropped > 60_000, `dropped ${dropped}`)
  assert.ok(memoryInUse() - before < 64 * 1024 * 1024, 'memory grew')
  assert.ok(longest < 1000, `stalled for ${longest} ms`)
})
