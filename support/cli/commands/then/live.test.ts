import assert from 'node:assert/strict'
import test from 'node:test'
import type { Footprint } from '../../../cucumber/effects/effects.ts'
import type { Effect } from '../../../world/effect.ts'
import { onlyLooks } from './live.ts'

const scenario = (machines: readonly string[], ...effects: Effect[]): Footprint => ({
  machines,
  evaluates: false,
  steps: effects.map(effect => ({ place: 'features/x.feature:1', sentence: 'x', effect, machines })),
})

test('a scenario is asked live when it only looks, at the host alone', () => {
  assert.ok(onlyLooks(scenario(['web'], 'reads', 'reads'), ['web']))
  assert.ok(onlyLooks(scenario(['www'], 'reads'), ['web', 'www']))
  for (const effect of ['changes', 'restarts', 'destroys'] as const)
    assert.ok(!onlyLooks(scenario(['web'], 'reads', effect), ['web']))
  assert.ok(!onlyLooks(scenario(['web', 'db1'], 'reads'), ['web']))
  assert.ok(!onlyLooks(scenario([], 'reads'), ['web']))
})
