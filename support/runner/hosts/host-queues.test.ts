import assert from 'node:assert/strict'
import test from 'node:test'
import type { GherkinDocument } from '@cucumber/messages'
import type { Candidate } from '../../cucumber/selection/work-unit.ts'
import type { Effect } from '../../world/effect.ts'
import { type ScenarioFootprint, split } from './host-queues.ts'

const known = { names: ['web1', 'web2', 'cd'], isLive: (name: string) => name.startsWith('web') }
const document = { comments: [], feature: { tags: [], children: [] } } as unknown as GherkinDocument
const building = {
  comments: [],
  feature: { tags: [{ name: '@shared' }], children: [] },
} as unknown as GherkinDocument

function looked(
  name: string,
  machines: readonly string[],
  more: { effect?: Effect; tag?: string; on?: GherkinDocument; evaluates?: boolean } = {},
): ScenarioFootprint {
  const { effect = 'reads', tag, on = document, evaluates = false } = more
  const tags = tag === undefined ? [] : [{ name: tag, astNodeId: '' }]
  const pickle = {
    id: name,
    name,
    uri: on === document ? 'a.feature' : 'b.feature',
    tags,
    steps: [],
    astNodeIds: [name],
  }
  const scenario = { pickle, gherkinDocument: on } as unknown as Candidate
  return { scenario, footprint: { steps: [{ place: 'a:1', sentence: name, effect, machines }], machines, evaluates } }
}

const ways = (all: readonly ScenarioFootprint[], names = known.names): Record<string, string[]> => {
  const { queues, rest } = split(all, { ...known, names })
  const told = ({ pickle }: Candidate): string => pickle.name
  return { ...Object.fromEntries(queues.map(queue => [queue.name, queue.scenarios.map(told)])), rest: rest.map(told) }
}

test('who only looks at a live host is in its queue, in the order of the features', () =>
  assert.deepEqual(ways([looked('a', ['web1']), looked('b', ['web2']), looked('c', ['web1'])]), {
    web1: ['a', 'c'],
    web2: ['b'],
    rest: [],
  }))

test('who looks at two hosts has a queue beside theirs', () =>
  assert.deepEqual(ways([looked('a', ['web2', 'web1']), looked('b', ['web1', 'web2'])]), {
    'web1, web2': ['a', 'b'],
    rest: [],
  }))

test('the only machine of a run is meant where none is named, unless it is about a configuration', () =>
  assert.deepEqual(ways([looked('a', []), looked('b', [], { evaluates: true })], ['web1']), {
    web1: ['a'],
    rest: ['b'],
  }))

const others: Readonly<Record<string, ScenarioFootprint>> = {
  'who changes something': looked('a', ['web1'], { effect: 'changes' }),
  'who asks a machine of ours': looked('a', ['cd']),
  'who asks a machine of ours beside a live host': looked('a', ['cd', 'web1']),
  'who names none of several': looked('a', []),
  'who wants a fresh one': looked('a', ['web1'], { tag: '@fresh' }),
  'who builds on the scenario before': looked('a', ['web1'], { on: building }),
}
for (const [who, one] of Object.entries(others))
  test(`in no queue: ${who}`, () => assert.deepEqual(ways([one]), { rest: ['a'] }))
