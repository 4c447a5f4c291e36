import assert from 'node:assert/strict'
import test from 'node:test'
import { candidates } from '../../runner/workers/testing/candidates.ts'
import type { MachineSettings } from '../../world/settings.ts'
import { FanOut } from './roles.ts'
import { cut } from './shard.ts'
import { keyOf } from './work-unit.ts'

const having = (...roles: string[]): MachineSettings => ({ address: 'ssh://x', roles, allow: [] })
const machines = { web1: having('web'), web2: having('web', 'old'), db1: having('db'), bare: having() }

const multiplied = (feature: string, known: Readonly<Record<string, MachineSettings>> = machines) => {
  const fanOut = new FanOut(known)
  return candidates({ 'a.feature': feature }).flatMap(each =>
    fanOut.copies(each.pickle).map(pickle => ({ ...each, pickle })),
  )
}

const keys = (feature: string): string[] => multiplied(feature).map(each => keyOf(each).replace('a.feature: ', ''))

const refusal = (feature: string, known?: Readonly<Record<string, MachineSettings>>): string => {
  try {
    for (const { pickle } of multiplied(feature, known)) new FanOut(known ?? machines).refuseRoleless(pickle)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

const SERVED = '  Scenario: served\n    Then x\n'

test('a scenario is run for each machine with its role, in the order of the machines', () =>
  assert.deepEqual(keys(`Feature: F\n  @role:web\n${SERVED}${SERVED}`), [
    'served @ web1',
    'served @ web2',
    'served (2)',
  ]))

test('the tag of a feature or a rule is for all that stands in it, and two narrow the choice', () => {
  const rule = `@role:all\nFeature: F\n${SERVED}  @role:web\n  Rule: R\n    @role:old\n    Scenario: old\n      Then x\n`
  assert.deepEqual(keys(rule), ['served @ web1', 'served @ web2', 'served @ db1', 'served @ bare', 'R › old @ web2'])
})

test('each row of an outline is run for each machine', () => {
  const rows = '    Examples:\n      | n |\n      | 1 |\n      | 2 |\n'
  const outline = `Feature: F\n  @role:web\n  Scenario Outline: row\n    Then <n>\n${rows}`
  assert.deepEqual(keys(outline), ['row [1] @ web1', 'row [1] @ web2', 'row [2] @ web1', 'row [2] @ web2'])
})

test('copies are told apart by their ids and those of their steps, and are the same when asked for again', () => {
  const [one] = candidates({ 'a.feature': `Feature: F\n  @role:web\n${SERVED}` })
  assert.ok(one)
  const fanOut = new FanOut(machines)
  const copies = fanOut.copies(one.pickle)
  const ids = copies.flatMap(({ id, steps }) => [id, ...steps.map(step => step.id)])
  assert.equal(new Set([...ids, one.pickle.id]).size, 5)
  assert.deepEqual(
    copies[1]?.tags.map(({ name }) => name),
    ['@role:web', '@machine:web2'],
  )
  assert.equal(fanOut.copies(one.pickle), copies)
})

test('shards share the machines of one scenario, and lose none', () => {
  const all = multiplied(`@role:all\nFeature: F\n${SERVED}`)
  const parts = [1, 2, 3].map(index => cut(all, { index, count: 3 }, {}).mine.map(keyOf))
  assert.deepEqual(
    parts.map(part => part.length),
    [2, 1, 1],
  )
  assert.equal(new Set(parts.flat()).size, 4)
})

for (const [tags, words] of [
  [
    '@role:wbe',
    /^No machine has the role "wbe", for a.feature:3 {2}served\n.*Did you mean +web\n.*Known +all, web, old, db/s,
  ],
  ['@role:db @role:old', /^No machine has the roles db and old together, for a.feature:3/],
] as const)
  test(`refused: ${tags}`, () => assert.match(refusal(`Feature: F\n  ${tags}\n${SERVED}`), words))

test('without any machine it is said where machines come from', () =>
  assert.match(
    refusal(`Feature: F\n  @role:web\n${SERVED}`, {}),
    /Expected +machines, by `machines` in nixcumber.config, --inv/,
  ))

test('--on keeps what is about these machines, and about no other', () => {
  const steps =
    'Then x on "web1"\n  Scenario: both\n    Then x on "web1"\n    Then y on "db1"\n  Scenario: none\n    Then x'
  const feature = `Feature: F\n  @role:web\n${SERVED}  Scenario: named\n    ${steps}\n`
  const fanOut = new FanOut(machines, ['web1'])
  const kept = candidates({ 'a.feature': feature }).flatMap(each =>
    fanOut.copies(each.pickle).filter(one => fanOut.isChosen(one)),
  )
  assert.deepEqual(
    kept.map(({ name, tags }) => [name, tags.length]),
    [
      ['served', 2],
      ['named', 0],
    ],
  )
  const only = new FanOut({ web1: machines.web1 }, ['web1'])
  assert.equal(candidates({ 'a.feature': feature }).filter(({ pickle }) => only.isChosen(pickle)).length, 4)
})
