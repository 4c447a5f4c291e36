import assert from 'node:assert/strict'
import test from 'node:test'
import { milliseconds } from '../core/time/duration.ts'
import { HoldTime } from './hold-time.ts'
import type { Sample } from './polling.ts'

const seen = (at: number, verdict: 'met' | 'not-yet'): Sample<undefined> => ({
  ...{ facts: undefined, at: milliseconds(at), until: milliseconds(at) },
  judgement: { verdict, seen: '' },
})

test('what must hold for a time is true from the first look that saw it, and begins anew after any other', () => {
  const holding = new HoldTime(milliseconds(500))
  const enough = [
    seen(0, 'met'),
    seen(499, 'met'),
    seen(500, 'not-yet'),
    seen(600, 'met'),
    undefined,
    seen(1100, 'met'),
    seen(1600, 'met'),
  ].map(sample => holding.enough(sample))
  assert.deepEqual(enough, [false, false, false, false, false, false, true])
})

test('what is left to hold becomes less, never less than nothing; nothing is left to hold of what is not so', () => {
  const holding = new HoldTime(milliseconds(500))
  assert.equal(holding.rest(milliseconds(100)), undefined)
  holding.enough(seen(200, 'met'))
  const left = [200, 300, 700, 900].map(at => holding.rest(milliseconds(at))?.ms)
  assert.deepEqual(left, [500, 400, 0, 0])
  holding.enough(undefined)
  assert.equal(holding.rest(milliseconds(300)), undefined)
})
