import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { ConfigurationBroken, EnvironmentBroken, NotSupported } from '../../core/errors.ts'
import { systemClock } from '../../core/time/clock.ts'
import { minutes } from '../../core/time/duration.ts'
import { outcomeOfError } from './outcome.ts'

const thrownBy = (code: () => unknown): unknown => {
  try {
    return code()
  } catch (error) {
    return error
  }
}

for (const [what, error, outcome] of [
  ['a broken configuration', new ConfigurationBroken('x'), 'failed'],
  ['what is not supported', new NotSupported('x'), 'refused'],
  ['broken surroundings', new EnvironmentBroken('x'), 'error'],
  ['what the operating system refused', thrownBy(() => readFileSync('/nonexistent')), 'error'],
  ['a claim of another library', new assert.AssertionError({ message: 'x' }), undefined],
] as const)
  test(`${what} is ${outcome ?? 'judged by its type'}`, () => assert.equal(outcomeOfError(error), outcome))

test('who stops waiting hears why', async () => {
  const over = new AbortController()
  const waiting = systemClock.wait(minutes(1), over.signal)
  over.abort(new EnvironmentBroken('the run is over'))
  await assert.rejects(waiting, /^EnvironmentBroken: the run is over$/)
})
