import assert from 'node:assert/strict'
import test from 'node:test'
import { nextOf, type Seen } from './back.ts'
import type { Running } from './running.ts'

const before: Running = {
  ...{ system: '/old', profile: '/old', generation: 'system-1-link', platform: 'x86_64-linux' },
  ...{ lookAlike: false, hostName: 'web' },
}
const seen = (system: string, profile: string, timer: string, rest: Partial<Seen> = {}): Seen => ({
  now: { ...before, system, profile },
  timer: { ActiveState: timer },
  rollback: { ActiveState: 'inactive' },
  busy: false,
  ...rest,
})
const AT_WORK = { rollback: { ActiveState: 'activating' } }

for (const [what, look, next] of [
  ['the new system runs, and the timer counts', seen('/new', '/old', 'active'), 'begin'],
  ['it is to boot, and the timer counts', seen('/new', '/new', 'active'), 'begin'],
  ['the old system runs', seen('/old', '/old', 'active'), 'back'],
  ['the timer has brought it back', seen('/old', '/old', 'inactive'), 'back'],
  ['it is being brought back', seen('/new', '/old', 'inactive', AT_WORK), 'wait'],
  ['its units are not settled yet', seen('/old', '/old', 'active', AT_WORK), 'wait'],
  ['the deployment itself is still at work', seen('/new', '/old', 'active', { busy: true }), 'wait'],
  ['the new system was made permanent', seen('/new', '/new', 'inactive'), 'kept'],
  ['the old system runs, and the new one would boot', seen('/old', '/new', 'inactive'), 'wait'],
  ['the new system runs without a timer', seen('/new', '/old', 'inactive'), 'wait'],
  ['what runs is another one', seen('/third', '/third', 'inactive'), 'wait'],
] as const)
  test(`${what}: ${next}`, () => assert.equal(nextOf(look, '/new', before), next))
