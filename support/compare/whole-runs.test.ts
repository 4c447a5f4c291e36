/** What is said of two runs as wholes: whether all of them was told, and of what they were. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { compare } from './compare.ts'
import { failing, material, past, scenario, side } from './testing/sides.ts'

const KEY = 'features/web.feature: a'
const [good, bad] = [scenario('a'), failing('a', 'x')]
const unjudged = (more: object) => compare(material(side([good]), side([scenario('a', { ...more }), scenario('b')])))
const whole = (run: object, more: object = {}) => compare(material(side([good]), side([good], run, more)))
const reasons = ({ notComparable }: ReturnType<typeof compare>) => notComparable.map(({ reason }) => reason)

for (const [what, more, reason] of [
  ['goes on', { state: 'going on' }, 'the run still goes on'],
  ['was killed', { state: 'killed' }, 'the run was killed'],
  ['has a torn last message', { torn: true }, 'its messages come to no end: it was stopped, or some are lost'],
] as const)
  test(`a run that ${what} may hold more than it says`, () => {
    const found = whole({}, more)
    assert.deepEqual([reasons(found), found.verdict.exitCode], [[reason], 3])
  })

for (const [what, run, cases, exitCode] of [
  ['0 and nothing bad', { exitCode: 0 }, [good], 0],
  ['1 and something bad, known', { exitCode: 1 }, [bad], 0],
  ['3 and what could not be checked', { exitCode: 3 }, [scenario('a', { outcome: 'error', said: 'x' })], 0],
  ['1 and what was left out alone', { exitCode: 1 }, [good, scenario('b', { outcome: 'skipped' })], 3],
] as const)
  test(`a run's exit code and its messages say the same, or some are lost: ${what}`, () => {
    assert.equal(compare(material(side(cases), side(cases, run))).verdict.exitCode, exitCode)
  })

for (const [what, more, reason] of [
  ['left out', { outcome: 'skipped' }, 'left out in the current run'],
  ['stopped midway', { outcome: 'unfinished' }, 'the current run was stopped before it was judged'],
  ['never begun', { outcome: 'held', attempts: 0 }, 'the current run was stopped before it was judged'],
] as const)
  test(`what was ${what} is not judged`, () => {
    const found = unjudged(more)
    assert.deepEqual([reasons(found), found.verdict.exitCode, found.fixed.length], [[reason], 3, 0])
  })

for (const [then, now, reason] of [
  ['offline', 'real', 'the base had look-alike inputs (a rehearsal), the current run real inputs'],
  ['real', 'offline', 'the base had real inputs, the current run look-alike inputs (a rehearsal)'],
] as const)
  test(`${then} and ${now} inputs say nothing of each other`, () => {
    assert.deepEqual(reasons(compare(material(side([good], { inputs: then }), side([bad], { inputs: now })))), [reason])
  })

test('a rehearsal judges nothing, on whichever side', () => {
  const dry = { command: ['run', '--dry-run'] }
  const said = (base: object, current: object) => reasons(compare(material(side([good], base), side([bad], current))))
  assert.deepEqual(said(dry, {}), ['the base only looked at the steps (--dry-run)'])
  assert.deepEqual(said({}, dry), ['the current run only looked at the steps (--dry-run)'])
})

test('whether flake and features are others is said where both runs know it', () => {
  const moved = (then: object, now: object) => compare(material(side([good], then), side([good], now))).moved
  const flake = (narHash: string | undefined, revision: string) => ({ flake: { reference: '.', narHash, revision } })
  assert.deepEqual(moved({}, flake('a', '1')), {})
  assert.deepEqual(moved(flake('a', '1'), flake('a', '2')), { flake: false })
  assert.deepEqual(moved(flake('a', '1'), flake('b', '1')), { flake: true })
  assert.deepEqual(moved(flake(undefined, '1'), flake(undefined, '1')), { flake: false })
  const features = (hash: string) => ({ features: { hash } })
  assert.deepEqual(moved(features('x'), features('x')), { features: false })
  assert.deepEqual(moved(features('x'), features('y')), { features: true })
  assert.deepEqual(moved(features('x'), {}), {})
})

test('of a live host the system that runs is told, of one in QEMU the one that was judged', () => {
  const systems = (base: object | undefined, current: object) =>
    compare(material(base && side([good], base), side([good], current))).systems
  const vm = { machines: { web1: { driver: 'nixos-shell', running: '/r' } }, toplevels: { web1: '/judged' } }
  const live = { machines: { web1: { driver: 'ssh', running: '/running' } }, toplevels: { web1: '/judged' } }
  assert.deepEqual(systems(undefined, live), [{ machine: 'web1', after: '/running', transports: false }])
  assert.deepEqual(systems(vm, vm), [{ machine: 'web1', before: '/judged', after: '/judged', transports: false }])
  assert.deepEqual(systems({ ...vm, toplevels: {} }, live)[0], {
    machine: 'web1',
    before: '/r',
    after: '/running',
    transports: true,
  })
  assert.deepEqual(systems(vm, { machines: { db: { driver: 'ssh' } } }), [{ machine: 'db', transports: false }])
})

test('what is good again is told with what it was', () => {
  const fixed = (then: Parameters<typeof side>[0][number]) => compare(material(side([then]), side([good]))).fixed
  assert.deepEqual(fixed(failing('a', '\nwas down\nmore')), [{ scenario: KEY, was: 'was down' }])
  assert.deepEqual(fixed(scenario('a', { outcome: 'refused' })), [{ scenario: KEY, was: 'it did not hold' }])
  for (const then of [good, scenario('a', { outcome: 'skipped' }), scenario('a', { outcome: 'failed', attempts: 0 })])
    assert.deepEqual(fixed(then), [])
  const on = { machine: 'web1' }
  const [one] = compare(material(side([failing('a', 'x', on)]), side([scenario('a', on)]))).fixed
  assert.equal(one?.machine, 'web1')
})

test('slower is more than twice and 5 s, of what held; the base tells where no other run does', () => {
  const slower = (usually: number, milliseconds: number, then = {}, runs = false) => {
    const base = side([scenario('a', { milliseconds: usually, ...then })])
    const course = runs ? [past('2026-05-01T01:00:00Z', { a: 'held' }, usually)] : []
    return compare(material(base, side([scenario('a', { milliseconds })]), { past: course })).slower.length
  }
  assert.deepEqual([slower(6000, 12_001), slower(6000, 12_000)], [1, 0])
  assert.deepEqual([slower(100, 5101), slower(100, 5100)], [1, 0])
  assert.deepEqual([slower(100, 9000, { outcome: 'failed' }), slower(100, 9000, {}, true)], [0, 1])
  const failed = compare(material(side([good]), side([failing('a', 'x', { milliseconds: 90_000 })])))
  assert.equal(failed.slower.length, 0)
})

test('what held at once is not flaky, whatever it did before', () => {
  const course = (['held', 'failed', 'held', 'failed'] as const).map((a, i) =>
    past(`2026-05-0${i + 1}T01:00:00Z`, { a }),
  )
  assert.deepEqual(compare(material(side([good]), side([good]), { past: course })).flaky, [])
  const again = compare(material(side([good]), side([scenario('a', { attempts: 3 })])))
  assert.deepEqual(again.flaky, [{ scenario: KEY, now: 'held', why: 'held only at attempt 3' }])
})

test('held are those that held in both, or with nothing to compare with those that hold', () => {
  const two = side([good, scenario('b')])
  assert.equal(compare(material(side([bad, scenario('b')]), two)).held, 1)
  assert.equal(compare(material(side([scenario('b')]), two)).held, 1)
  assert.equal(compare(material(undefined, two)).held, 2)
})
