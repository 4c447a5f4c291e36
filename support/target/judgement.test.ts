import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken, ExpectationNotMet } from '../core/errors.ts'
import { errorOf, HELD, notHeld, notKnown, together } from './judgement.ts'
import { asksFor } from './sentences.ts'

test('what is not so goes before what is not known, and that before what is so', () => {
  assert.equal(together([]).is, 'held')
  assert.equal(together([HELD, HELD]).is, 'held')
  assert.deepEqual(together([HELD, notKnown('a'), notKnown('b'), notKnown('a')]), {
    is: 'unknown',
    reasons: ['a', 'b'],
  })
  assert.deepEqual(together([notKnown('a'), notHeld('b', { next: 'c' }), notHeld('d')]), {
    ...{ is: 'not held', reasons: ['b', 'd'], next: 'c' },
  })
})

test('the words of each end', () => {
  const asked = asksFor.firmware('t14')
  assert.equal(errorOf(asked, HELD), undefined)
  const missed = errorOf(asked, notHeld('it has booted by BIOS', { expected: 'UEFI', next: 'its setup' }))
  assert.ok(missed instanceof ExpectationNotMet)
  assert.equal(
    missed.message,
    'The target does not boot as host "t14" expects\n\n  Expected   UEFI\n  Observed   it has booted by BIOS\n  Next       its setup',
  )
  const doubt = errorOf(asked, together([notKnown('nothing is told'), notKnown('nor that')]))
  assert.ok(doubt instanceof EnvironmentBroken)
  assert.equal(
    doubt.message,
    'Whether the target boots as host "t14" expects could not be checked: nothing is told\n\n  Further    nor that',
  )
})
