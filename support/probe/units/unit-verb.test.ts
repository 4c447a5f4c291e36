import assert from 'node:assert/strict'
import test from 'node:test'
import { UNIT_VERBS, type UnitVerb, unitAction, unitKill } from './unit-verb.ts'

const WORDS: Readonly<Record<UnitVerb, string>> = {
  started: 'start',
  stopped: 'stop',
  restarted: 'restart',
  reloaded: 'reload',
}

test('what is done to a unit is told as it is done, and its name is no option', () => {
  assert.deepEqual(Object.keys(UNIT_VERBS), Object.keys(WORDS))
  for (const [verb, word] of Object.entries(WORDS)) {
    const query = { name: '-x.service', verb: verb as UnitVerb }
    assert.equal(unitAction.describe(query), `systemctl ${word} -x.service`)
    assert.deepEqual(unitAction.command(query), { script: `systemctl ${word} -- -x.service` })
  }
})

test('a unit is killed at once, with nothing asked of it', () => {
  assert.equal(unitKill.describe('a.service'), 'systemctl kill --signal=KILL a.service')
  assert.deepEqual(unitKill.command('a.service'), { script: 'systemctl kill --signal=KILL -- a.service' })
})

test('an action is asked for once, and has the time that systemd gives a start', () => {
  for (const { budget, attempt } of [unitAction, unitKill]) assert.ok(budget.ms === 0 && attempt !== undefined)
  assert.ok((unitAction.attempt?.ms ?? 0) > 90_000)
})
