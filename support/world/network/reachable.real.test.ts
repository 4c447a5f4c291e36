/** A firewall that drops, on a network card behind which nothing answers: how long it takes to know, and what is told. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { runInSilence } from '../../testing/lab/silent-network.ts'
import { labSkip } from '../../testing/lab/skip.ts'

/** Runs in a network of its own. \`25 s\`: what a slow machine may take for a look. */
const SCRIPT = `
import { isReachable } from './support/claim/network/reach.ts'
import { systemClock } from './support/core/time/clock.ts'
import { seconds } from './support/core/time/duration.ts'
import { eventually } from './support/expect/eventually.ts'
import { not } from './support/expect/not.ts'
import { probeTcpPort } from './support/machine/access/tcp-probe.ts'
import { reachability } from './support/world/network/reachable.ts'
const machine = { name: 'box', probePort: (port, deadline) => probeTcpPort({ host: '10.9.9.2', port }, deadline) }
const terms = { within: seconds(30), attempt: seconds(25), budget: seconds(30), clock: systemClock, machine: 'box' }
const start = Date.now()
const facts = await eventually(reachability(machine, 80), not(isReachable, 'was still reachable'), terms)
const took = Date.now() - start
const missed = await eventually(reachability(machine, 80), isReachable, { ...terms, within: seconds(1) }).catch(error => error.message)
console.log(JSON.stringify({ facts, seconds: took / 1000, missed }))
`

test('a port behind a firewall that drops is known not to be reachable in seconds, and is called filtered', {
  skip: labSkip,
}, () => {
  const said = runInSilence(SCRIPT)
  const { facts, seconds, missed } = JSON.parse(said)
  assert.equal(facts, 'filtered')
  assert.ok(seconds < 6, said)
  assert.match(missed, /filtered, no answer at all: a firewall drops/)
})
