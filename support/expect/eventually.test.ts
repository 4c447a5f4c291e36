import assert from 'node:assert/strict'
import test from 'node:test'
import { CommandCutOff, ConnectionLost, EnvironmentBroken, ExpectationNotMet } from '../core/errors.ts'
import { FakeClock } from '../core/time/clock.ts'
import { milliseconds, seconds } from '../core/time/duration.ts'
import { always } from './always.ts'
import { claim } from './claim.ts'
import { eventually, once } from './eventually.ts'
import type { Expectation, LookLimits, Observation } from './expectation.ts'
import { not } from './not.ts'

const isActive: Expectation<string> = claim({
  wanted: 'active',
  missed: 'was not active',
  holds: state => state === 'active',
  seen: state => state,
  hopeless: state => (state === 'failed' ? 'it failed for good' : undefined),
})

/** A thing that changes by a clock of its own: at each look, the newest state whose time has come. An error is thrown. */
function changing(states: readonly (readonly [at: number, state: string | Error])[]) {
  const clock = new FakeClock()
  const looks: number[] = []
  const observation: Observation<string> = {
    subject: 'nginx.service on web',
    async look() {
      looks.push(clock.now())
      const [, state = ''] = states.findLast(([at]) => at <= clock.now()) ?? []
      if (state instanceof Error) throw state
      return state
    },
  }
  return { observation, looks, terms: { clock, attempt: seconds(5) } }
}

test('the first look is at once, then after 100, 250, 500, 1000 ms and steadily', async () => {
  const { observation, looks, terms } = changing([
    [0, 'inactive'],
    [4000, 'active'],
  ])
  assert.equal(await eventually(observation, isActive, { ...terms, within: seconds(60) }), 'active')
  assert.deepEqual(looks, [0, 100, 350, 850, 1850, 2850, 3850, 4850])
})

test('the last look happens at the deadline, and a success then counts', async () => {
  const { observation, looks, terms } = changing([
    [0, 'inactive'],
    [2000, 'active'],
  ])
  await eventually(observation, isActive, { ...terms, within: seconds(2) })
  assert.equal(looks.at(-1), 2000)
})

test('what comes true after the deadline comes too late', async () => {
  const { observation, looks, terms } = changing([
    [0, 'inactive'],
    [2001, 'active'],
  ])
  await assert.rejects(eventually(observation, isActive, { ...terms, within: seconds(2) }), ExpectationNotMet)
  assert.equal(looks.at(-1), 2000)
})

test('a success of the last look counts even when it took long, and that it was late is told', async () => {
  for (const [took, told] of [
    [700, []],
    [1900, [1800]],
  ] as const) {
    const { observation, terms } = changing([
      [0, 'inactive'],
      [2000, 'active'],
    ])
    const begun: number[] = []
    const slow = {
      ...observation,
      async look(limits: LookLimits) {
        begun.push(terms.clock.now())
        terms.clock.advance(milliseconds(took))
        return observation.look(limits)
      },
    }
    const by: number[] = []
    const late = ({ ms }: { ms: number }) => by.push(ms)
    assert.equal(await eventually(slow, isActive, { ...terms, within: seconds(2), late }), 'active')
    assert.deepEqual(by, told)
    assert.ok(begun.every(at => at <= 2000))
  }
})

test('a last look may take three times as long as the one before it, and six seconds under emulation', async () => {
  for (const [attempt, usual, took, told] of [
    [30, 1400, 3900, ExpectationNotMet],
    [30, 1400, 7000, EnvironmentBroken],
    // the journal of a very slow machine
    [90, 2400, 5900, ExpectationNotMet],
    [90, 2400, 7000, EnvironmentBroken],
  ] as const) {
    const { observation, terms } = changing([[0, 'inactive']])
    const slow = {
      ...observation,
      async look(limits: LookLimits) {
        const last = terms.clock.now() > 7500
        terms.clock.advance(milliseconds(last ? Math.min(took, limits.attempt.ms) : usual))
        if (last && limits.attempt.ms < took) throw new CommandCutOff('slow')
        return observation.look(limits)
      },
    }
    const wait = eventually(slow, isActive, { ...terms, attempt: seconds(attempt), within: seconds(10) })
    await assert.rejects(wait, (error: Error) => error.constructor === told)
  }
})

test('a terminal state ends the wait early and says why', async () => {
  const { observation, looks, terms } = changing([
    [0, 'activating'],
    [3000, 'failed'],
  ])
  await assert.rejects(
    eventually(observation, isActive, { ...terms, within: seconds(60) }),
    /^ExpectationNotMet: nginx.service on web was not active: it failed for good\n/,
  )
  assert.equal(looks.at(-1), 3850)
})

test('passing faults of the transport are looked over again', async () => {
  const { observation, terms } = changing([
    [0, new ConnectionLost('refused')],
    [1000, new CommandCutOff('slow')],
    [2000, 'active'],
  ])
  assert.equal(await eventually(observation, isActive, { ...terms, within: seconds(60) }), 'active')
})

test('with nothing but passing faults it could not be checked, which is not a failure', async () => {
  const { observation, terms } = changing([[0, new ConnectionLost('connection refused')]])
  await assert.rejects(eventually(observation, isActive, { ...terms, within: seconds(3) }), (error: Error) => {
    assert.ok(error instanceof EnvironmentBroken && !(error instanceof ExpectationNotMet))
    assert.match(error.message, /^nginx.service on web could not be checked within 3 s: connection refused\n/)
    return true
  })
})

test('any other error is thrown at once', async () => {
  const { observation, looks, terms } = changing([
    [0, new TypeError('our own bug')],
    [100, 'active'],
  ])
  await assert.rejects(eventually(observation, isActive, { ...terms, within: seconds(3) }), TypeError)
  assert.deepEqual(looks, [0])
})

test('a look that ignores its bound is cut off', async () => {
  const { terms } = changing([])
  const alive = setInterval(() => {}, 1000)
  const hanging: Observation<string> = { subject: 'x', look: () => new Promise(() => {}) }
  await assert.rejects(
    once(hanging, isActive, { ...terms, attempt: milliseconds(-1990) }),
    /did not end within its bound/,
  )
  clearInterval(alive)
})

test('a given up scenario ends the wait with its own reason', async () => {
  const { observation, terms } = changing([[0, 'inactive']])
  const signal = AbortSignal.abort(new Error('stopped by hand'))
  await assert.rejects(eventually(observation, isActive, { ...terms, signal, within: seconds(3) }), /stopped by hand/)
})

test('a negation must be true for a while: what is only slow to come does not pass', async () => {
  const { observation, terms } = changing([
    [0, 'inactive'],
    [300, 'active'],
  ])
  const claim = not(isActive, 'was still active')
  await assert.rejects(
    eventually(observation, claim, { ...terms, within: seconds(3) }),
    /^ExpectationNotMet: nginx.service on web was still active after 3 s\n/,
  )
})

test('a negation that is true all the time passes after its short hold', async () => {
  const { observation, looks, terms } = changing([[0, 'inactive']])
  await eventually(observation, not(isActive, 'was still active'), { ...terms, within: seconds(3) })
  assert.deepEqual(looks, [0, 100, 350, 500])
})

test('a look that vouches for the time it took is enough when that is as long as the hold', async () => {
  for (const [took, looksWanted] of [
    [600, [1, 2]],
    [400, [2, 2]],
  ] as const) {
    const { observation, looks, terms } = changing([[0, 'inactive']])
    const look = async (limits: LookLimits) => {
      const state = await observation.look(limits)
      await terms.clock.wait(milliseconds(took))
      return state
    }
    const wanted = not(isActive, 'was still active')
    await eventually({ ...observation, look, lasting: true }, wanted, { ...terms, within: seconds(30) })
    const vouching = looks.length
    await eventually({ ...observation, look }, wanted, { ...terms, within: seconds(30) })
    assert.deepEqual([vouching, looks.length - vouching], looksWanted)
  }
})

test('a negation that becomes true just before the deadline may finish its hold', async () => {
  const { observation, looks, terms } = changing([
    [0, 'active'],
    [900, 'inactive'],
  ])
  await eventually(observation, not(isActive, 'was still active'), { ...terms, within: seconds(1) })
  assert.equal(looks.at(-1), 1500)
})

test('what stays so all the time passes, looked at to the very end', async () => {
  const { observation, looks, terms } = changing([[0, 'active']])
  await always(observation, isActive, { ...terms, lasting: seconds(3) })
  assert.equal(looks.at(-1), 3000)
})

test('what breaks off does not stay', async () => {
  const { observation, terms } = changing([
    [0, 'active'],
    [2000, 'inactive'],
  ])
  await assert.rejects(
    always(observation, isActive, { ...terms, lasting: seconds(10) }),
    /^ExpectationNotMet: nginx.service on web did not stay active for 10 s\n/,
  )
})

test('whether it stayed so cannot be said when the end could not be looked at', async () => {
  const { observation, terms } = changing([
    [0, 'active'],
    [2000, new ConnectionLost('gone')],
  ])
  await assert.rejects(always(observation, isActive, { ...terms, lasting: seconds(4) }), EnvironmentBroken)
})

test('once does not wait', async () => {
  const { observation, looks, terms } = changing([
    [0, 'inactive'],
    [100, 'active'],
  ])
  await assert.rejects(once(observation, isActive, terms), ExpectationNotMet)
  assert.deepEqual(looks, [0])
})

test('once says why waiting would not have helped', async () => {
  const { observation, terms } = changing([[0, 'failed']])
  await assert.rejects(
    once(observation, isActive, terms),
    /^ExpectationNotMet: nginx.service on web was not active: it failed for good\n/,
  )
})

test('what is always young is looked at again three times, and then counts', async () => {
  const { observation, looks, terms } = changing([[0, 'active']])
  const young: Expectation<string> = {
    ...isActive,
    judge: state => ({ ...isActive.judge(state), settles: seconds(2) }) as ReturnType<typeof isActive.judge>,
  }
  await eventually(observation, young, { ...terms, within: seconds(60) })
  assert.deepEqual(looks, [0, 2000, 4000, 6000])
})
