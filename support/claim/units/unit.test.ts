import assert from 'node:assert/strict'
import test from 'node:test'
import type { UnitFacts } from '../../probe/units/unit.ts'
import { keepsRestarting, restartsOf } from './restarts.ts'
import { unitIs, unitIsAgain, unitStays } from './unit.ts'
import { noSuchUnit, seenOnDisk, seenRunning, unitIsThere, whyNeverActive, whyNoUnit } from './unit-words.ts'

const nginx: UnitFacts = {
  ...{ name: 'nginx.service', id: 'nginx.service', loadState: 'loaded', fileState: 'enabled', invocation: 'a' },
  ...{ activeState: 'active', subState: 'running', result: 'success', exit: { code: 0, signal: false } },
  ...{ restarts: 0, restart: 'no', wantedBy: [], triggeredBy: [], job: false, system: 'running' },
}
const failed = { activeState: 'failed', subState: 'failed', result: 'exit-code', exit: { code: 1, signal: false } }
const gone = { loadState: 'not-found', activeState: 'inactive', subState: 'dead' }

/** In the words of systemctl(1), with what helps to understand them. */
for (const [more, told] of [
  [{}, 'active (running)'],
  [failed, 'failed (failed), exit code 1'],
  [{ ...failed, exit: { code: 11, signal: true } }, 'failed (failed), killed by signal 11'],
  [{ ...failed, exit: { code: 0, signal: false }, result: 'start-limit-hit' }, 'failed (failed), start-limit-hit'],
  [{ activeState: 'inactive', subState: 'dead' }, 'inactive (dead)'],
  [{ ...failed, activeState: 'active', subState: 'running' }, 'active (running)'],
  [{ restarts: 1, age: 400 }, 'active (running), 1 restart'],
  [{ restarts: 4, age: 1.4 }, 'active (running), 4 restarts, the last one 1 s ago'],
  [
    { ...failed, activeState: 'activating', subState: 'auto-restart', restarts: 2 },
    'activating (auto-restart), exit code 1, 2 restarts',
  ],
  [{ ...gone, activeState: 'active', subState: 'running' }, 'active (running), its unit file is gone'],
  [{ id: 'web.service' }, 'active (running), an alias of web.service'],
  [{ loadState: 'masked', activeState: 'inactive', subState: 'dead' }, 'masked'],
  [gone, 'no such unit'],
] as const)
  test(`a unit is seen as: ${told}`, () => assert.equal(seenRunning({ ...nginx, ...more }), told))

test('on disk a unit is seen with what pulls it in', () => {
  assert.equal(seenOnDisk(nginx), 'enabled, wanted by no unit')
  assert.equal(
    seenOnDisk({ ...nginx, fileState: '', wantedBy: ['a.target', 'b.target'] }),
    'loaded, wanted by a.target, b.target',
  )
  assert.equal(seenOnDisk({ ...nginx, ...gone }), 'no such unit')
})

test('a unit whose file is gone is there as long as systemd knows it', () => {
  const there = (loadState: string, activeState: string) => unitIsThere({ loadState, activeState })
  assert.ok(there('loaded', 'inactive') && there('not-found', 'active') && there('not-found', 'failed'))
  assert.ok(!there('not-found', 'inactive'))
})

test('that there is no such unit is said once all has come up, with the nearest that is one', () => {
  const why = (system: UnitFacts['system'], nearest?: string) =>
    whyNoUnit({ name: 'ngnix.service', system, ...(nearest && { nearest }) })
  assert.equal(why('running'), 'there is no unit ngnix.service')
  assert.equal(why('degraded', 'nginx.service'), 'there is no unit ngnix.service, did you mean nginx.service?')
  assert.equal(why('starting', 'nginx.service'), undefined)
  assert.equal(noSuchUnit({ ...nginx, ...gone }), 'there is no unit nginx.service')
  assert.equal(noSuchUnit(nginx), undefined)
})

for (const [what, more, why] of [
  ['failed for good', failed, 'it failed for good (exit-code)'],
  ['failed, with a job queued', { ...failed, job: true }, undefined],
  ['failed, and a timer may start it', { ...failed, triggeredBy: ['nginx.timer'] }, undefined],
  ['failed while the system starts', { ...failed, system: 'starting' }, undefined],
  ['not failed', {}, undefined],
  ['masked', { loadState: 'masked' }, 'it is masked'],
  ['with a bad file', { loadState: 'bad-setting' }, 'systemd could not load its unit file'],
  ['with a file that cannot be read', { loadState: 'error' }, 'systemd could not load its unit file'],
] as const)
  test(`a unit that is ${what} ${why ? 'never becomes' : 'may become'} active`, () =>
    assert.equal(whyNeverActive({ ...nginx, ...more }), why))

/** Restarts, seconds since the last one, and whether it may fall over once more. */
for (const [more, again] of [
  [{ restarts: 0, age: 0 }, false],
  [{ restarts: 1, age: 2.9 }, true],
  [{ restarts: 1, age: 3 }, false],
  [{ restarts: 2, age: 3 }, false],
  [{ restarts: 3, age: 3 }, true],
  [{ restarts: 3, age: 29.9 }, true],
  [{ restarts: 3, age: 30 }, false],
  [{ restarts: 1 }, true],
  [{ restarts: 1, age: 0, subState: 'exited' }, false],
  [{ restarts: 1, age: 0, activeState: 'failed' }, false],
  [{ restarts: 1, age: 0, activeState: 'reloading' }, true],
  [{ restarts: 1, age: 0, activeState: 'refreshing' }, true],
  [{ restarts: 0, activeState: 'activating', subState: 'auto-restart-queued' }, true],
] as const)
  test(`${JSON.stringify(more)} ${again ? 'keeps restarting' : 'has settled'}`, () =>
    assert.equal(keepsRestarting({ activeState: 'active', subState: 'running', ...more }), again))

test('restarts are counted, and the last one is as old as is known', () => {
  const told = (restarts: number, age?: number) =>
    restartsOf({ activeState: '', subState: '', restarts, ...(age !== undefined && { age }) })
  assert.equal(told(1), '1 restart')
  assert.equal(told(2, 1.6), '2 restarts, the last one 2 s ago')
  assert.equal(told(2, -0.7), '2 restarts, the last one 0 s ago')
})

test('the history of a wait has the words of the disk for what is on the disk', () => {
  const state = (what: 'active' | 'enabled', more = {}) => unitIs(what).judge({ ...nginx, ...more }).state
  assert.deepEqual([state('active'), state('enabled'), state('enabled', gone)], ['active', 'enabled', 'no such unit'])
})

test('a unit that was started anew in between has not stayed', () => {
  const judged = (more: Partial<UnitFacts>) => {
    const { judge } = unitStays('active')
    judge(nginx)
    const { verdict, seen } = judge({ ...nginx, ...more })
    return [verdict, seen]
  }
  assert.deepEqual(judged({}), ['met', 'active (running)'])
  assert.deepEqual(judged({ invocation: '' }), ['met', 'active (running)'])
  assert.deepEqual(judged({ invocation: 'b' }), ['not-yet', 'started anew, active (running)'])
  assert.deepEqual(judged({ restarts: 1, age: 100 }), ['not-yet', 'started anew, active (running), 1 restart'])
})

test('a unit is active again by another start only', () => {
  const again = unitIsAgain('a')
  assert.deepEqual(again.judge(nginx), {
    verdict: 'not-yet',
    seen: 'active (running), the same start as before',
    state: 'the same start',
  })
  assert.equal(again.judge({ ...nginx, invocation: 'b' }).verdict, 'met')
  assert.notEqual(again.judge({ ...nginx, ...failed, invocation: 'b' }).verdict, 'met')
})
