import assert from 'node:assert/strict'
import test from 'node:test'
import { type BootState, comesBack, hasPanicked, isOff, isRunning } from './boot-state.ts'

const up = (bootId: string): BootState => ({ state: 'running', inside: { bootId, system: 'running' } })
const judge = (bootState: BootState) => {
  const judgement = comesBack('one').judge(bootState)
  return judgement.verdict === 'never' ? `never: ${judgement.why}` : `${judgement.verdict}: ${judgement.seen}`
}

test('back is another boot, when everything has been started', () => {
  assert.equal(judge(up('two')), 'met: another boot, running')
  assert.equal(
    judge({ state: 'running', inside: { bootId: 'two', system: 'degraded' } }),
    'met: another boot, degraded',
  )
  assert.equal(
    judge({ state: 'running', inside: { bootId: 'two', system: 'starting' } }),
    'not-yet: another boot, starting',
  )
})

test('the same boot is not back, however well it runs', () =>
  assert.equal(judge(up('one')), 'not-yet: the same boot as before (boot id one)'))

test('one that does not answer is waited for, also one that panicked and may start anew', () => {
  assert.equal(judge({ state: 'running' }), 'not-yet: powered on, but it does not answer')
  assert.equal(judge({ state: 'lost' }), 'unknown: no answer')
  assert.equal(judge({ state: 'panicked', final: false }), 'not-yet: panicked')
})

test('one that is off, or panicked for good, is not waited for', () => {
  assert.equal(judge({ state: 'off' }), 'never: it is off, and no step switches it on')
  assert.match(judge({ state: 'panicked', final: true }), /^never: it panicked, .*no panic= in boot\.kernelParams/)
})

test('each state is claimed by its own sentence', () => {
  const verdicts = (bootState: BootState) => [isRunning, isOff, hasPanicked].map(each => each.judge(bootState).verdict)
  assert.deepEqual(verdicts(up('one')), ['met', 'not-yet', 'not-yet'])
  assert.deepEqual(verdicts({ state: 'off' }), ['never', 'met', 'not-yet'])
  assert.deepEqual(verdicts({ state: 'panicked' }), ['not-yet', 'not-yet', 'met'])
})

test('while it is waited for its state is told in a word', () => {
  const states = (bootState: BootState) => comesBack('one').judge(bootState).state
  assert.deepEqual(
    (['running', 'off', 'panicked', 'lost'] as const).map(state => states({ state })),
    ['no answer', 'off', 'panicked', 'no answer'],
  )
  assert.deepEqual([states(up('one')), states(up('two'))], ['the same boot', 'running'])
})

test('that it runs is not waited for when it is off', () => {
  const judgement = isRunning.judge({ state: 'off' })
  assert.equal(judgement.verdict === 'never' && judgement.why, 'it is off, and no step switches it on')
  assert.equal(isRunning.judge({ state: 'panicked' }).verdict, 'not-yet')
})
