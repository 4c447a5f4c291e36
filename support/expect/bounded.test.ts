import assert from 'node:assert/strict'
import test from 'node:test'
import { CommandCutOff } from '../core/errors.ts'
import { milliseconds, seconds } from '../core/time/duration.ts'
import { bounded } from './bounded.ts'
import type { LookLimits } from './expectation.ts'

const observation = { subject: 'a number', look: async () => 7 }

test('what is left of the time may be any part of a millisecond, as a real clock gives it', async () => {
  assert.equal(await bounded(observation, { attempt: seconds(5) }, milliseconds(999.9083919999998)), 7)
})

const hanging = { subject: 'a number', look: () => new Promise<never>(() => {}) }

/** A timer of AbortSignal keeps no process alive. */
async function cutOff(look: Promise<unknown>): Promise<unknown> {
  const alive = setInterval(() => {}, 1000)
  try {
    return await look.then(
      () => undefined,
      (error: unknown) => error,
    )
  } finally {
    clearInterval(alive)
  }
}

test('a look that is cut off early is told with the time that it had', async () => {
  const error = await cutOff(bounded(hanging, { attempt: seconds(5) }, milliseconds(20.4)))
  assert.ok(error instanceof CommandCutOff)
  assert.equal(error.message, 'The look did not end within 20 ms')
})

test('a look that does not end within its own bound is told in the words of what is looked at', async () => {
  const told = async (silence?: string) => {
    const look = bounded({ ...hanging, ...(silence && { silence }) }, { attempt: milliseconds(1) })
    return ((await cutOff(look)) as Error).message
  }
  const messages = await Promise.all([told('Machine "web" does not answer'), told()])
  assert.deepEqual(messages, ['Machine "web" does not answer', 'The look did not end within its bound'])
})

test('a look ends with the scenario, for its reason, and does not begin after it', async () => {
  const scenario = new AbortController()
  const look = bounded(hanging, { attempt: seconds(5), signal: scenario.signal })
  scenario.abort(new Error('given up'))
  await assert.rejects(look, /given up/)
  await assert.rejects(bounded(observation, { attempt: seconds(5), signal: scenario.signal }), /given up/)
})

test('the look is told its bound, the shorter of its own and what is left', async () => {
  const asked: number[] = []
  const telling = { subject: 'a bound', look: async ({ attempt }: LookLimits) => asked.push(attempt.ms) }
  await bounded(telling, { attempt: seconds(5) }, milliseconds(700))
  await bounded(telling, { attempt: seconds(5) }, seconds(70))
  await bounded(telling, { attempt: seconds(5) })
  assert.deepEqual(asked, [700, 5000, 5000])
})
