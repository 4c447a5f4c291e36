import assert from 'node:assert/strict'
import test from 'node:test'
import { seconds } from '../../core/time/duration.ts'
import type { Observation } from '../../expect/expectation.ts'
import { FakeMachine } from '../../machine/drivers/fake.ts'
import type { NixWorld } from '../world.ts'
import { tellingOnce } from './cluster-evidence.ts'

const FAILED = (time: string): string =>
  `events of pod web-1:\n2026-12-01T${time}Z BackOff: Back-off restarting failed container\nit is on node t14`

const said = (text?: string): Observation<string> => ({
  subject: 'pod web-1',
  look: async () => '',
  evidence: async () => (text === undefined ? {} : { where: 'events and logs below', text }),
})

function worldAt(context: object, location: string): NixWorld {
  const machine = new FakeMachine({
    kind: 'fake',
    name: 't14',
    answering: ({ script }) => ({
      stdout: script.includes('kubelet.service') ? '[ 9.1] t14 kubelet[7]: no image\n' : '',
    }),
  })
  return { context, location, inPlay: new Map([['t14', machine]]), shell: () => machine.shell() } as unknown as NixWorld
}

test('the kubelet of the node has its word below what the cluster says', async () => {
  const seen = tellingOnce(worldAt({}, 'a.feature:3'), said(FAILED('12:00:00')))
  const { text = '' } = (await seen.evidence?.()) ?? {}
  assert.match(text, /Back-off.*its kubelet and container runtime:\n\[ 9\.1] t14 kubelet\[7]: no image$/s)
})

test('what has happened already is told once in a run, whenever it happened again', async () => {
  const context = {}
  const first = await tellingOnce(worldAt(context, 'a.feature:3'), said(FAILED('12:00:00'))).evidence?.()
  const second = await tellingOnce(worldAt(context, 'a.feature:9'), said(FAILED('12:05:00'))).evidence?.()
  const other = await tellingOnce(worldAt(context, 'a.feature:9'), said('events of pod web-2:\nKilling')).evidence?.()
  assert.deepEqual([first?.text !== undefined, second?.text, other?.text !== undefined], [true, undefined, true])
  assert.equal(second?.where, 'events and logs: see a.feature:3')
})

test('a second try at the same sentence tells it again, and so does another run', async () => {
  const context = {}
  for (const where of [context, context, {}]) {
    const evidence = await tellingOnce(worldAt(where, 'a.feature:3'), said(FAILED('12:00:00'))).evidence?.()
    assert.ok(evidence?.text)
  }
})

test('without a word there is none', async () => {
  assert.equal((await tellingOnce(worldAt({}, 'a.feature:3'), said()).evidence?.())?.text, undefined)
  assert.equal(
    await tellingOnce(worldAt({}, 'a.feature:3'), said('x')).look({
      attempt: seconds(1),
      signal: AbortSignal.timeout(1000),
    }),
    '',
  )
})
