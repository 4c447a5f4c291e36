import assert from 'node:assert/strict'
import test from 'node:test'
import { matchesSelector, type NodeSelector, type Toleration, toleratesAll } from './node-selector.ts'

const node = { name: 't14', labels: { zone: 'fsn1', cores: '12' } }
type Requirement = NonNullable<NodeSelector['nodeSelectorTerms'][number]['matchExpressions']>[number]
const meets = (key: string, operator: Requirement['operator'], ...values: string[]): boolean =>
  matchesSelector({ nodeSelectorTerms: [{ matchExpressions: [{ key, operator, values }] }] }, node)

for (const [key, operator, values, holds] of [
  ['zone', 'In', ['nbg1', 'fsn1'], true],
  ['zone', 'In', ['nbg1'], false],
  ['constructor', 'Exists', [], false],
  ['zone', 'NotIn', ['fsn1'], false],
  ['rack', 'NotIn', ['a'], true],
  ['rack', 'In', ['a'], false],
  ['zone', 'Exists', [], true],
  ['rack', 'DoesNotExist', [], true],
  ['cores', 'Gt', ['9'], true],
  ['cores', 'Lt', ['9'], false],
  ['zone', 'Gt', ['1'], false],
] as const)
  test(`${key} ${operator} ${values} is ${holds ? '' : 'not '}met`, () =>
    assert.equal(meets(key, operator, ...values), holds))

test('one of the terms is enough, all of a term are needed, and an empty one matches nothing', () => {
  const zone = { key: 'zone', operator: 'Exists' } as const
  const rack = { key: 'rack', operator: 'Exists' } as const
  const here = { key: 'metadata.name', operator: 'In', values: ['t14'] } as const
  const matches = (...nodeSelectorTerms: object[]): boolean =>
    matchesSelector({ nodeSelectorTerms } as NodeSelector, node)
  assert.equal(matches({ matchExpressions: [rack] }, { matchExpressions: [zone] }), true)
  assert.equal(matches({ matchExpressions: [zone, rack] }), false)
  assert.equal(matches({ matchExpressions: [zone], matchFields: [{ ...here, values: ['web1'] }] }), false)
  assert.equal(matches({ matchFields: [here] }), true)
  assert.equal(matches({}), false)
  assert.equal(matches(), false)
})

const taint = { key: 'dedicated', value: 'db', effect: 'NoSchedule' }
for (const [what, toleration, holds] of [
  ['nothing', undefined, false],
  ['the same', { key: 'dedicated', value: 'db', effect: 'NoSchedule' }, true],
  ['another value', { key: 'dedicated', operator: 'Equal', value: 'web' }, false],
  ['any value', { key: 'dedicated', operator: 'Exists' }, true],
  ['another effect', { key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }, false],
  ['all', { operator: 'Exists' }, true],
  ['no key and no operator', {}, false],
] as const)
  test(`a taint is ${holds ? '' : 'not '}tolerated by ${what}`, () =>
    assert.equal(toleratesAll([taint], toleration ? [toleration as Toleration] : []), holds))

test('a taint that is only a wish keeps nothing off', () =>
  assert.equal(toleratesAll([{ ...taint, effect: 'PreferNoSchedule' }], []), true))
