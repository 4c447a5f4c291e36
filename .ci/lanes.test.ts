import assert from 'node:assert/strict'
import test from 'node:test'
import { deferred } from '../support/core/deferred.ts'
import { type Job, runLanes } from './lanes.ts'

const counts = { passed: 2, failed: 1, skipped: ['why'], parts: [{ name: 'part', milliseconds: 5 }] }

test('lanes run at once, the jobs of one in order; what they counted is added up, and each is told whole', async () => {
  const other = deferred<void>()
  const order: string[] = []
  const job = (title: string, after: Promise<void> = Promise.resolve()): Job => ({
    title,
    async run() {
      await after
      order.push(title)
      return { ...counts, output: `what ${title} said` }
    },
  })
  const last: Job = {
    title: 'b1',
    run() {
      other.resolve()
      return job('b1').run()
    },
  }
  const told: string[] = []
  // The first lane waits for the second one: one after the other they would wait for ever.
  const all = await runLanes([[job('a1', other.promise), job('a2')], [last]], text => told.push(text))
  assert.deepEqual(
    order.filter(name => name.startsWith('a')),
    ['a1', 'a2'],
  )
  assert.deepEqual([all.passed, all.failed, all.skipped.length, all.parts.length], [6, 3, 3, 3])
  for (const name of order) assert.ok(told.some(text => text.includes(`== ${name} ==\nwhat ${name} said`)))
})
