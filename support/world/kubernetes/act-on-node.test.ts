/** What becomes of a When about a node for each answer of kubectl; judged by the very steps. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { UNANSWERED } from '../../claim/kubernetes/api.answers.ts'
import { cordoned, nodesSaid, up } from '../../claim/kubernetes/nodes/node.answers.ts'
import type { Reply } from '../../claim/rows/row.ts'
import { answered, type Said } from '../../probe/testing/answered.ts'
import { ask } from '../testing/ask.ts'

/** kubectl says this of the action, and the node is cordoned from then on where it succeeds. */
function guest(...actions: readonly Said[]): (script: string) => Reply {
  let done = 0
  const said = [...actions]
  return script => {
    if (script.includes('get --raw')) return nodesSaid(done > 0 ? cordoned : up)
    const next = (said.length > 1 ? said.shift() : said[0]) ?? ''
    if (typeof next === 'string') done++
    return answered([next])
  }
}

const judged = (sentence: string, ...actions: readonly Said[]) => ask(sentence, { replies: guest(...actions) })

test('a node is cordoned and drained, and the API says so', async () => {
  assert.equal((await judged('node "t14" is cordoned', 'node/t14 cordoned')).outcome, 'holds')
  assert.equal((await judged('node "t14" is drained', 'node/t14 drained')).outcome, 'holds')
})

test('a server that starts is waited for', async () => {
  const { outcome } = await judged(
    'node "t14" is drained',
    UNANSWERED.refused as Said,
    UNANSWERED.busy as Said,
    'drained',
  )
  assert.equal(outcome, 'holds')
})

test('one that does not come could not be checked', async () => {
  const { outcome, message } = await judged('node "t14" is cordoned', UNANSWERED.unavailable as Said)
  assert.equal(outcome, 'could not check')
  assert.match(message, /the API server answers 503/)
})

test('what kubectl refuses is told in its words, at once', async () => {
  const bare =
    'error: cannot delete Pods not managed by ReplicationController, ReplicaSet, Job, DaemonSet or StatefulSet'
  const { outcome, message, elapsedMs } = await judged('node "t14" is drained', { code: 1, out: bare })
  assert.equal(outcome, 'not met')
  assert.match(message, /^node t14 on box was not drained: cannot delete Pods not managed/)
  assert.ok(elapsedMs < 1000, `${elapsedMs} ms`)
})

test('a node that is not there is none to be drained', async () => {
  const { outcome, message } = await judged('node "t41" is drained within 5 seconds', 'drained')
  assert.equal(outcome, 'not met')
  assert.match(message, /node t41 on box has not joined within 5 s/)
})

test('what the API does not say afterwards has not happened', async () => {
  const replies = (script: string): Reply =>
    script.includes('get --raw') ? nodesSaid(up) : answered(['node/t14 cordoned'])
  const { outcome, message } = await ask('node "t14" is cordoned', { replies })
  assert.equal(outcome, 'not met')
  assert.match(message, /was not unschedulable/)
})

test('how long a drain may take is told to kubectl', async () => {
  let told = ''
  const replies = (script: string): Reply => {
    told ||= /drain .*--timeout=\d+s/.exec(script)?.[0] ?? ''
    return guest('drained')(script)
  }
  await ask('node "t14" is drained within 2 minutes', { replies })
  assert.equal(told, 'drain --ignore-daemonsets --delete-emptydir-data t14 --timeout=115s')
})
