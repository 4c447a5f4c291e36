/** What is unknown is neither so nor not so: for claims, their negations, tables and all that waits. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { CommandCutOff, ConnectionLost } from '../core/errors.ts'
import { FakeClock } from '../core/time/clock.ts'
import { milliseconds, seconds } from '../core/time/duration.ts'
import { always } from './always.ts'
import { claim } from './claim.ts'
import { eventually, once } from './eventually.ts'
import { every } from './every.ts'
import type { LookLimits, Observation } from './expectation.ts'
import { not } from './not.ts'

const active = claim<string>({
  wanted: 'active',
  missed: 'was not active',
  unknown: state => (state === 'unknown' ? 'the tool is not there' : undefined),
  absent: state => state === 'absent',
  between: state => (state === 'restarting' ? 'kept restarting' : undefined),
  holds: state => state === 'active',
  seen: state => state,
  hopeless: state => (state === 'absent' ? 'there is no such unit' : undefined),
})
const inactive = not(active, 'was still active')

type Course = readonly (readonly [at: number, state: string | Error])[]

/** `silent`: from when until when looks are cut off at their bound. */
function changing(states: Course, silent: readonly [number, number] = [0, 0]) {
  const clock = new FakeClock()
  const observation: Observation<string> = {
    subject: 'nginx.service on web',
    async look({ attempt }: LookLimits) {
      if (clock.now() >= silent[0] && clock.now() < silent[1]) {
        clock.advance(attempt)
        throw new CommandCutOff('cut off')
      }
      const [, state = ''] = states.findLast(([at]) => at <= clock.now()) ?? []
      if (state instanceof Error) throw state
      return state
    },
  }
  return { clock, observation, terms: { clock, attempt: seconds(5) } }
}

const COULD_NOT_CHECK = { exitCode: 3 }
const NOT_MET = { exitCode: 1 }

for (const [what, expectation] of [
  ['a claim', active],
  ['its negation', inactive],
] as const) {
  test(`unknown to the end could not be checked: ${what}`, async () => {
    const { observation, terms } = changing([[0, 'unknown']])
    const message = /could not be checked.*: the tool is not there/
    const waiting = eventually(observation, expectation, { ...terms, within: seconds(3) })
    await assert.rejects(waiting, { ...COULD_NOT_CHECK, message })
    await assert.rejects(once(observation, expectation, terms), { ...COULD_NOT_CHECK, message })
    const lasting = always(observation, expectation, { ...terms, lasting: seconds(3) })
    await assert.rejects(lasting, { ...COULD_NOT_CHECK, message })
  })

  test(`of what is not there ${what} does not hold, and the first line says nothing false of it`, async () => {
    const { observation, terms } = changing([[0, 'absent']])
    const message = /^nginx\.service on web was not there: there is no such unit\n/
    const waiting = eventually(observation, expectation, { ...terms, within: seconds(3) })
    await assert.rejects(waiting, { ...NOT_MET, message })
  })

  test(`of what is between two states ${what} does not hold`, async () => {
    const { observation, terms } = changing([[0, 'restarting']])
    const message = /^nginx\.service on web kept restarting within 3 s\n/
    const waiting = eventually(observation, expectation, { ...terms, within: seconds(3) })
    await assert.rejects(waiting, { ...NOT_MET, message })
  })
}

test('a failed look and an unknown one begin the hold of a negation anew', async () => {
  for (const hidden of [new ConnectionLost('gone'), 'unknown']) {
    const states: Course = [0, 300, 800, 900, 1800, 1900].map((at, i) => [at, i % 2 === 1 ? hidden : 'inactive'])
    const { clock, observation, terms } = changing(states)
    const waiting = eventually(observation, inactive, { ...terms, within: milliseconds(1900) })
    await assert.rejects(waiting, (error: Error) => error.message.includes('nginx.service'))
    assert.ok(clock.now() >= 1900)
  }
})

test('a negation that is hidden for a moment holds when it has been seen for its whole hold after that', async () => {
  const { clock, observation, terms } = changing([
    [0, 'inactive'],
    [300, new ConnectionLost('gone')],
    [400, 'inactive'],
  ])
  await eventually(observation, inactive, { ...terms, within: seconds(5) })
  assert.ok(clock.now() >= 850 + 500, `${clock.now()}`)
})

test('what was as it should be, but not seen for long enough, could not be checked', async () => {
  const { observation, terms } = changing([
    [0, 'active'],
    [800, 'inactive'],
    [1200, new ConnectionLost('gone')],
  ])
  const waiting = eventually(observation, inactive, { ...terms, within: seconds(1) })
  await assert.rejects(waiting, { ...COULD_NOT_CHECK, message: /could not be checked within 1 s: gone\n/ })
})

test('what was known long before the end, and not since, could not be checked', async () => {
  const { observation, terms } = changing([
    [0, 'inactive'],
    [3000, new ConnectionLost('gone')],
  ])
  const waiting = eventually(observation, active, { ...terms, within: seconds(20) })
  await assert.rejects(waiting, { ...COULD_NOT_CHECK, message: /could not be checked within 20 s: gone\n/ })
})

test('what was known when the last look began is no older for the time that looks take', async () => {
  const { clock, observation, terms } = changing([
    [0, 'inactive'],
    [3500, new ConnectionLost('gone')],
  ])
  const waiting = eventually(slow(observation, clock, 1500), active, { ...terms, within: seconds(5) })
  await assert.rejects(waiting, { ...NOT_MET, message: /was not active within 5 s\n/ })
})

test('a negation has the opposite verdict, and the words of what was seen', () => {
  const seen = (state: string) =>
    not<string>({ ...active, judge: (facts: string) => ({ ...active.judge(facts), state: 'in a word' }) }, '').judge(
      state,
    )
  assert.deepEqual(seen('active'), { verdict: 'not-yet', seen: 'active', state: 'in a word' })
  assert.deepEqual(inactive.judge('active'), { verdict: 'not-yet', seen: 'active' })
  assert.deepEqual(inactive.judge('inactive'), { verdict: 'met', seen: 'inactive' })
  assert.deepEqual([inactive.wanted, inactive.missed, inactive.hold?.ms], ['not active', 'was still active', 500])
})

test('a bound is a bound: a look that does not end is cut off when the time of the sentence is over', async () => {
  const { clock, observation, terms } = changing([[0, 'inactive']], [0, 1e9])
  const slow = { ...terms, attempt: seconds(60) }
  await assert.rejects(eventually(observation, active, { ...slow, within: seconds(5) }), COULD_NOT_CHECK)
  assert.equal(clock.now(), 5000)
})

test('a claim may have a hold of its own, as a negation has', async () => {
  const calm = claim<string>({
    ...{ wanted: 'calm', missed: 'was not calm', hold: seconds(2) },
    ...{ holds: state => state === 'calm', seen: state => state },
  })
  const { clock, observation, terms } = changing([[0, 'calm']])
  await eventually(observation, calm, { ...terms, within: seconds(1) })
  assert.equal(clock.now(), 2000)
})

test('what is hidden again and again after the time is over is looked at for three times as long as a look took, and no longer', async () => {
  const { clock, observation, terms } = changing([[0, 'inactive']])
  const bounds: number[] = []
  const noting: Observation<string> = {
    ...observation,
    async look(limits) {
      bounds.push(limits.attempt.ms)
      clock.advance(milliseconds(400))
      return observation.look(limits)
    },
  }
  await eventually(noting, inactive, { ...terms, attempt: seconds(30), within: milliseconds(500) })
  // 3 s for the first one; then what is left, 500 ms at least, or three times 400 ms
  assert.deepEqual(bounds, [3000, 1200])
})

test('a time that is shorter than a look of a slow machine has one look all the same', async () => {
  const { clock, observation, terms } = changing([[0, 'active']])
  const emulated = slow(observation, clock, 2500)
  await eventually(emulated, active, { ...terms, attempt: seconds(30), within: seconds(1) })
  assert.equal(clock.now(), 2500)
})

test('the last look begins early enough to be over at the deadline', async () => {
  const { clock, observation, terms } = changing([[0, 'inactive']])
  const slow: Observation<string> = {
    ...observation,
    async look(limits) {
      clock.advance(milliseconds(800))
      return observation.look(limits)
    },
  }
  await assert.rejects(eventually(slow, active, { ...terms, within: seconds(5) }), NOT_MET)
  assert.ok(clock.now() <= 5000 && clock.now() > 4000, `${clock.now()}`)
})

test('a look that heeds no bound is left when the time is over', async () => {
  const alive = setInterval(() => {}, 1000)
  const start = performance.now()
  const hanging: Observation<string> = { subject: 'x', look: () => new Promise(() => {}) }
  const clock = { now: () => performance.now(), wait: async () => {} }
  const terms = { clock, attempt: seconds(1), within: milliseconds(100) }
  await assert.rejects(eventually(hanging, active, terms), COULD_NOT_CHECK)
  assert.ok(performance.now() - start < 3000)
  clearInterval(alive)
})

for (const [silent, stays] of [
  [[2000, 22_000], false],
  [[2000, 8000], false],
  [[19_000, 25_000], false],
  [[0, 6000], false],
  [[2000, 2001], true],
] as const)
  test(`25 seconds of which none was seen from ${silent[0]} to ${silent[1]} ms ${stays ? 'hold' : 'could not be checked'}`, async () => {
    const { observation, terms } = changing([[0, 'active']], silent)
    const waiting = always(observation, active, { ...terms, attempt: seconds(1), lasting: seconds(25) })
    if (stays) await waiting
    else await assert.rejects(waiting, COULD_NOT_CHECK)
  })

test('of a short time a quarter may be unseen, or what a slow look may take', async () => {
  const { observation, terms } = changing([[0, 'active']], [1000, 4000])
  const waiting = always(observation, active, { ...terms, lasting: seconds(8) })
  await assert.rejects(waiting, { ...COULD_NOT_CHECK, message: /nothing was seen for/ })
})

test('one look that takes most of the time is no look all the time', async () => {
  const { clock, observation, terms } = changing([[0, 'active']])
  let looks = 0
  const stalled: Observation<string> = {
    ...observation,
    async look(limits) {
      looks++
      if (looks === 3) clock.advance(seconds(20))
      return observation.look(limits)
    },
  }
  const waiting = always(stalled, active, { ...terms, lasting: seconds(25) })
  await assert.rejects(waiting, { ...COULD_NOT_CHECK, message: /nothing was seen for 20(\.\d)? s\n/ })
})

/** Each look takes so long. */
function slow(observation: Observation<string>, clock: FakeClock, ms: number): Observation<string> {
  return {
    ...observation,
    async look(limits) {
      clock.advance(milliseconds(Math.min(ms, limits.attempt.ms)))
      if (ms > limits.attempt.ms) throw new CommandCutOff('cut off')
      return observation.look(limits)
    },
  }
}

test('a machine that is slow to answer may be seen more seldom, but not only half of a long time', async () => {
  const emulated = seconds(30)
  const short = changing([[0, 'active']])
  await always(slow(short.observation, short.clock, 2500), active, {
    ...short.terms,
    attempt: emulated,
    lasting: seconds(2),
  })
  const long = changing([[0, 'active']], [2000, 22_000])
  const waiting = always(long.observation, active, { ...long.terms, attempt: seconds(60), lasting: seconds(25) })
  await assert.rejects(waiting, COULD_NOT_CHECK)
})

const rows = (...states: readonly string[]) => {
  const claims = states.map((_, i) => ({ name: `unit${i}`, expectation: active }))
  return every(claims, { is: 'active' }).judge(states).verdict
}

test('a table of which a row is unknown could not be checked, unless another row does not hold', () => {
  assert.equal(rows('active', 'unknown'), 'unknown')
  assert.equal(rows('active', 'unknown', 'inactive'), 'not-yet')
  assert.equal(rows('absent', 'unknown'), 'not-yet')
  assert.equal(rows('absent', 'absent'), 'never')
  assert.equal(rows('active', 'active'), 'met')
})

test('a table with fewer answers than rows could not be checked', () => {
  const claims = ['a', 'b'].map(name => ({ name, expectation: active }))
  const table = every(claims, { is: 'active' })
  const judgement = table.judge(['active'])
  assert.deepEqual(judgement.verdict === 'unknown' && judgement.why, 'b: no answer')
})
