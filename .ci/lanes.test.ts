import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import test from 'node:test'
import { deferred } from '../support/core/deferred.ts'
import { after, type Job, runLanes } from './lanes.ts'

const counts = { passed: 2, failed: 1, skipped: ['why'], parts: [{ name: 'part', milliseconds: 5 }], failures: ['how'] }

test('jobs are taken in turn, so many at once; what they counted is added up, and each is told whole', async () => {
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
  // The first job waits for the second one: one after the other they would wait for ever.
  const all = await runLanes(2, [job('a1', other.promise), last, job('a2')], text => told.push(text))
  assert.deepEqual(order.toSorted(), ['a1', 'a2', 'b1'])
  assert.deepEqual(
    told.flatMap(text => /begins {2}(.*)/.exec(text)?.[1] ?? []),
    ['a1', 'b1', 'a2'],
  )
  assert.deepEqual([all.passed, all.failed, all.skipped.length, all.parts.length, all.failures.length], [6, 3, 3, 3, 3])
  for (const name of order) {
    assert.ok(told.some(text => text.includes(`== ${name} ==\nwhat ${name} said`)))
    assert.ok(told.some(text => text.includes(`ended   ${name}: 2 passed, 1 failed; meanwhile `)))
  }
})

test('a job is told with the cores that were busy while it ran', async () => {
  const told: string[] = []
  const busy: Job = {
    title: 'busy',
    async run() {
      const end = performance.now() + 400
      while (performance.now() < end);
      return { ...counts, output: '' }
    },
  }
  await runLanes(1, [busy], text => told.push(text))
  const [, cores = ''] = /meanwhile ([\d.]+) of \d+ cores were busy/.exec(told.join('\n')) ?? []
  assert.ok(Number(cores) >= 0.5 && Number(cores) <= availableParallelism() + 0.5, told.join('\n'))
})

test('what needs something begins when it is there, and what does not at once', async () => {
  const there = deferred<void>()
  const order: string[] = []
  const job = (title: string, done = () => {}): Job => ({
    title,
    async run() {
      order.push(title)
      done()
      return { ...counts, output: '' }
    },
  })
  await runLanes(2, [after(there.promise, job('needs it')), job('makes it', () => there.resolve())], () => {})
  assert.deepEqual(order, ['makes it', 'needs it'])
})
