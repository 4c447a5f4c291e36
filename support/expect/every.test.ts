import assert from 'node:assert/strict'
import test from 'node:test'
import { claim } from './claim.ts'
import { every } from './every.ts'

const active = claim<string>({
  wanted: 'active',
  missed: 'was not active',
  unknown: state => (state.startsWith('?') ? state.slice(1) : undefined),
  holds: state => state === 'active',
  seen: state => state,
  hopeless: state => (state === 'failed' ? 'it failed for good' : undefined),
})

const table = (...names: readonly string[]) =>
  every(
    names.map(name => ({ name, expectation: active })),
    { is: 'active' },
  )

test('a table says what it wants, how far it is, and of each open row what was seen, one below the other', () => {
  const { wanted, missed, judge } = table('sshd', 'nginx', 'cron')
  assert.deepEqual([wanted, missed], ['all active', 'were not all active'])
  assert.deepEqual(judge(['active', 'inactive', 'failed']), {
    verdict: 'not-yet',
    seen: 'nginx  inactive\ncron   failed',
    state: '1 of 3',
  })
  assert.deepEqual(judge(['active', 'active', 'active']), { verdict: 'met', seen: 'all', state: '3 of 3' })
})

test('a table of one row speaks of one', () => {
  const { wanted, missed } = table('sshd')
  assert.deepEqual([wanted, missed], ['active', 'was not active'])
})

test('a table is given up only when no open row can come true', () => {
  assert.deepEqual(table('sshd', 'cron').judge(['failed', 'failed']), {
    verdict: 'never',
    seen: 'sshd  failed\ncron  failed',
    state: '0 of 2',
    why: '2 rows can no longer come true',
  })
  assert.equal(table('sshd', 'cron').judge(['failed', 'inactive']).verdict, 'not-yet')
  assert.equal(table('sshd', 'cron').judge(['failed', 'active']).verdict, 'never')
})

test('of what is unknown the first reason is told, and how many more there are', () => {
  assert.deepEqual(table('sshd', 'cron', 'nginx').judge(['?no systemctl', '?cut off', 'active']), {
    verdict: 'unknown',
    seen: 'sshd  unknown: no systemctl\ncron  unknown: cut off',
    state: '1 of 3',
    why: 'sshd: no systemctl, and 1 row more',
  })
  const one = table('sshd').judge([])
  assert.deepEqual([one.seen, one.verdict === 'unknown' && one.why], ['sshd  no answer', 'sshd: no answer'])
})
