import assert from 'node:assert/strict'
import test from 'node:test'
import { parseMachineUrl } from '../../machine/pool/driver-registry.ts'
import type { Effect } from '../../world/effect.ts'
import type { MachineSettings, RunSettings } from '../../world/settings.ts'
import type { StepEffect } from './effects.ts'
import { refuseUnallowed } from './effects-refused.ts'

const at = (address: string, allow: readonly Effect[] = []): MachineSettings => ({
  address,
  plan: parseMachineUrl(`x=${address}`, { folder: '/', env: {} }),
  roles: [],
  allow,
})

const settings = (mayChange: readonly Effect[] = []): RunSettings => ({
  projectDir: '/project',
  offline: false,
  machines: { web1: at('ssh://root@web1', mayChange), web2: at('ssh://root@web2', mayChange), cd: at('image:live') },
  keep: false,
  cacheDir: '/cache',
})

const stops = (machines: readonly string[], more: Partial<StepEffect> = {}): StepEffect => ({
  place: 'features/web.feature:12',
  sentence: 'When service "nginx" is stopped',
  effect: 'changes',
  machines,
  ...more,
})

const refusalOf = (steps: readonly StepEffect[], given = settings()): string => {
  try {
    refuseUnallowed(steps, given)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

test('one step for several hosts is told once, with all of them and what to set', () =>
  assert.equal(
    refusalOf([stops(['web1']), stops(['web2'])]),
    `1 step would do more than look at live hosts: nothing was started

  features/web.feature:12  When service "nginx" is stopped
    changes web1, web2

  Expected   steps that only look: live hosts are read-only until told otherwise
  Next       if they may do so: nixcumber run --allow web1=changes --allow web2=changes
             or in nixcumber.config: machines: { web1: { …, allow: ['changes'] } }`,
  ))

test('a step of the project that says nothing is named with the place of its body', () =>
  assert.match(
    refusalOf([stops(['web1'], { undeclared: 'features/steps/web.ts:3' })]),
    /changes web1, as it does not say that it only looks\n.*says so: reads\([^\n]*\) at features\/steps\/web.ts:3/s,
  ))

test('a command is refused with the word that is not known to look', () => {
  const because = '"-X DELETE" of "curl" is not known to only look'
  assert.match(
    refusalOf([stops(['web1'], { sentence: 'Then the command "curl -X DELETE …" succeeds', because })]),
    /changes web1: "-X DELETE" of "curl" is not known to only look\n.*written in words that are known to: docs\/live-hosts.md/s,
  )
})

test('many hosts are counted, and allowed by one word', () => {
  const machines = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`web${i}`, at('ssh://h')]))
  const said = refusalOf([stops(Object.keys(machines))], { ...settings(), machines })
  assert.match(said, /changes web0, web1, web2, web3, web4 and 4 more/)
  assert.match(said, /nixcumber run --allow changes\n/)
})

test('nothing is refused where a step looks, where the machine is ours, or where it is allowed', () => {
  assert.equal(refusalOf([stops(['web1'], { effect: 'reads' })]), '')
  assert.equal(refusalOf([stops(['cd', 'booted'])]), '')
  assert.equal(refusalOf([stops(['web1'])], settings(['changes'])), '')
  assert.notEqual(refusalOf([stops(['web1', 'web2'])], settings(['restarts'])), '')
  const one = { ...settings(), machines: { ...settings(['changes']).machines, web2: at('ssh://root@web2') } }
  assert.notEqual(refusalOf([stops(['web1', 'web2'])], one), '')
})

test('a machine whose driver says nothing of it is refused as a live host is', () => {
  const strange = { address: 'strange:x', plan: { kind: 'strange', name: 'web1' }, roles: [], allow: [] }
  const unread = { address: 'strange:x', roles: [], allow: [] }
  for (const web1 of [strange, unread])
    assert.match(refusalOf([stops(['web1'])], { ...settings(), machines: { web1 } }), /changes web1/)
})
