/** A sentence with little time about what stays silent: it is told within that time, and a look that is cut off tells nothing. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { runInSilence } from '../testing/lab/silent-network.ts'
import { labSkip } from '../testing/lab/skip.ts'

/** Runs in a network of its own. The seconds are what each sentence says. */
const SCRIPT = `
import { doesNotReach, portAnswers, portDoesNotAnswer, reaches } from './support/claim/network/peer.ts'
import { answers, doesNotAnswer } from './support/claim/network/http.ts'
import { systemClock } from './support/core/time/clock.ts'
import { seconds } from './support/core/time/duration.ts'
import { eventually } from './support/expect/eventually.ts'
import { http } from './support/probe/http/http.ts'
import { peer } from './support/probe/network/peer.ts'
import { peerPort } from './support/probe/network/peer-port.ts'
import { LocalShell } from './support/shell/local.ts'
import { observeMachine } from './support/world/observe/observe-machine.ts'
const machine = { name: 'box', slowness: 1, plan: {} }
const way = { peer: '10.9.9.2', pings: 1 }
const knock = { peer: '10.9.9.2', port: 80 }
const asked = {
  port: [peerPort, knock, [portAnswers, portDoesNotAnswer], facts => ({ facts })],
  ping: [peer, way, [reaches, doesNotReach], facts => ({ facts })],
  page: [http, 'http://10.9.9.2/', [answers(200), doesNotAnswer(200)], facts => facts],
}
const told = async ([probe, query, , as], claim, within) => {
  const shell = new LocalShell()
  const seen = observeMachine({ machine, probe, query, shell: async () => shell })
  const start = Date.now()
  const terms = { within: seconds(within), attempt: probe.attempt, clock: systemClock, machine: 'box' }
  const observation = { ...seen, evidence: undefined, look: async limits => as(await seen.look(limits)) }
  const code = await eventually(observation, claim, terms).then(() => 0, error => error.exitCode ?? error.stack)
  await shell[Symbol.asyncDispose]()
  return { code, seconds: (Date.now() - start) / 1000 }
}
const rows = []
for (const [name, each] of Object.entries(asked))
  rows.push(...await Promise.all([1, 2, 4].map(async within => {
    const [there, gone] = await Promise.all(each[2].map(claim => told(each, claim, within)))
    return { name, within, there, gone }
  })))
console.log(JSON.stringify(rows))
`

interface Told {
  readonly code: number | string
  readonly seconds: number
}

test('what is silent is not there, and what should be there is missed, in the time that the sentence has', {
  skip: labSkip,
}, () => {
  const said = runInSilence(SCRIPT)
  const rows: { name: string; within: number; there: Told; gone: Told }[] = JSON.parse(said)
  assert.equal(rows.length, 9)
  for (const { name, within, there, gone } of rows) {
    assert.deepEqual([there.code, gone.code], [1, 0], `${name} within ${within} s: ${said}`)
    // A first look may take 3 seconds, and one that begins before the end, or lets a negation hold, 2 more.
    for (const { seconds } of [there, gone]) assert.ok(seconds < Math.max(within, 3) + 2.5, `${name}: ${said}`)
  }
})
