import assert from 'node:assert/strict'
import test from 'node:test'
import { scenarioKeys } from './scenario-key.ts'

const scenario = (id: string) => ({ scenario: { id, name: 'is served', examples: [] } })

test('a key is made of the file, which may have no name, and of what stands before it in that file', () => {
  const feature = { children: [scenario('1'), scenario('2')] }
  const keys = (uri: string | undefined) => [...scenarioKeys({ uri, feature, comments: [] } as never).values()]
  assert.deepEqual(keys('features/web.feature'), [
    'features/web.feature: is served',
    'features/web.feature: is served (2)',
  ])
  assert.deepEqual(keys(undefined), [': is served', ': is served (2)'])
})
