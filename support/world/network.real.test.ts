/** Our switch and a real QEMU: its user network, plugged into the switch, answers for 10.0.2.2. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { systemClock } from '../core/time/clock.ts'
import { milliseconds } from '../core/time/duration.ts'
import { bootContextForTests } from '../machine/testing/boot-context.ts'
import { oneSectorGuest } from '../machine/testing/one-sector-guest.ts'
import { until } from '../machine/testing/processes.ts'
import { bootQemu, type QemuSpec } from '../machine/vm/boot.ts'
import { Network } from '../network/network.ts'
import { Peer } from '../network/testing/peer.ts'

const MAC = '020000000001'
/** Who has 10.0.2.2? Tell 10.0.2.50. */
const ARP = Buffer.from(
  ['ffffffffffff', MAC, '0806', '0001080006040001', MAC, '0a000232', '000000000000', '0a000202'].join(''),
  'hex',
)

function answering(network: Network): QemuSpec {
  const guest = oneSectorGuest({ name: 'router' })
  return {
    ...guest,
    async start(where) {
      const start = await guest.start(where)
      const socket = join(where.dir, 'lan')
      await network.listen('router', socket)
      const hub = ['-netdev', 'user,id=u', '-netdev', 'hubport,id=h0,hubid=0,netdev=u']
      const lan = ['-netdev', `stream,id=s,server=off,addr.type=unix,addr.path=${socket}`]
      return { ...start, argv: [...start.argv, ...hub, ...lan, '-netdev', 'hubport,id=h1,hubid=0,netdev=s'] }
    },
  }
}

test('QEMU’s own frames go through the switch, and heed its links', async () => {
  using network = new Network(systemClock, 1)
  await using surroundings = bootContextForTests()
  await using _router = await bootQemu(answering(network), surroundings)
  await network.listen('asker', join(surroundings.runtimeDir, 'asker'))
  for (const name of ['router', 'asker']) network.switch.connect(name)
  using asker = await Peer.connect(join(surroundings.runtimeDir, 'asker'))
  const ask = async (): Promise<number> => {
    const { length } = asker.heard
    const start = performance.now()
    asker.say(ARP)
    return (await until(() => asker.heard.length > length)) ? performance.now() - start : Number.NaN
  }
  assert.ok((await ask()) < 1000, 'no answer')

  for (const [from, to] of [
    ['asker', 'router'],
    ['router', 'asker'],
  ] as const)
    network.switch.conditions.set(from, to, { latencyMs: 100 })
  const slow = await ask()
  assert.ok(slow >= 200 && slow < 2000, `${slow} ms`)

  network.switch.conditions.set('asker', 'router', { down: true })
  const before = asker.heard.length
  asker.say(ARP)
  await systemClock.wait(milliseconds(400))
  assert.equal(asker.heard.length, before)

  network.switch.conditions.set('asker', 'router', { down: false, latencyMs: 0, loss: 0.5 })
  network.switch.conditions.set('router', 'asker', { latencyMs: 0 })
  for (let i = 0; i < 100; i++) asker.say(ARP)
  assert.ok(
    await until(() => network.switch.counts('asker').sent + network.switch.counts('router').lost >= before + 100),
  )
  const { lost } = network.switch.counts('router')
  assert.ok(lost > 30 && lost < 70, `lost ${lost} of 100`)
  assert.equal(asker.heard.length - before, 100 - lost)
})
