import assert from 'node:assert/strict'
import test from 'node:test'
import { differences } from './partial-match.ts'

const pod = {
  apiVersion: 'v1',
  metadata: { name: 'web', labels: { app: 'web', 'app.kubernetes.io/name': 'web' }, generation: 2 },
  spec: {
    replicas: 2,
    paused: false,
    containers: [
      { name: 'web', image: 'web:1', args: ['-v', '-x'], resources: { limits: { cpu: '1', memory: '1Gi' } } },
      { name: 'side', image: 'side:1', volumes: [{ emptyDir: {} }] },
    ],
    nothing: null,
    none: [],
  },
}

for (const [what, wanted] of [
  ['one field', { spec: { replicas: 2 } }],
  ['fields in another order', { spec: { paused: false, replicas: 2 }, apiVersion: 'v1' }],
  ['a name with a dot', { metadata: { labels: { 'app.kubernetes.io/name': 'web' } } }],
  ['an element that is not the first', { spec: { containers: [{ name: 'side' }] } }],
  ['elements in another order', { spec: { containers: [{ name: 'side' }, { name: 'web' }] } }],
  ['a part of the texts in a list', { spec: { containers: [{ args: ['-x'] }] } }],
  ['elements of which the first fits twice', { spec: { containers: [{}, { name: 'web' }] } }],
  ['an amount written in another way', { spec: { containers: [{ resources: { limits: { cpu: '1000m' } } }] } }],
  ['an amount that is a number', { spec: { containers: [{ resources: { limits: { cpu: 1, memory: '1024Mi' } } }] } }],
  ['that fields are there', { spec: { containers: [{ volumes: [{ emptyDir: {} }] }] } }],
] as const)
  test(`${what} is there`, () => assert.deepEqual(differences(wanted, pod), []))

for (const [what, wanted, ...told] of [
  ['another number', { spec: { replicas: 3 } }, 'spec.replicas', '3', '2'],
  ['a text of the same digits', { spec: { replicas: '2' } }, 'spec.replicas', '"2"', '2'],
  ['a word for false', { spec: { paused: 'false' } }, 'spec.paused', '"false"', 'false'],
  ['no and nothing', { spec: { nothing: false } }, 'spec.nothing', 'false', 'null'],
  ['a mistyped field', { spec: { replica: 2 } }, 'spec.replica', '2', 'not there, did you mean replicas?'],
  ['what all objects have', { spec: { toString: {} } }, 'spec.toString', '{}', 'not there'],
  ['the prototype', JSON.parse('{"spec": {"__proto__": {}}}'), 'spec.__proto__', '{}', 'not there'],
  ['fields below a number', { spec: { replicas: { a: 1 } } }, 'spec.replicas', '{"a":1}', '2'],
  ['fields below nothing', { spec: { nothing: {} } }, 'spec.nothing', '{}', 'null'],
  ['a list where none is', { spec: { replicas: [2] } }, 'spec.replicas', '[2]', '2'],
  [
    'fields of a list',
    { spec: { containers: { 0: {} } } },
    'spec.containers',
    '{"0":{}}',
    JSON.stringify(pod.spec.containers),
  ],
  ['an element of an empty list', { spec: { none: [1] } }, 'spec.none[]', '1', 'an empty list'],
  [
    'an element like another',
    { spec: { containers: [{ name: 'web', image: 'web:2' }] } },
    'spec.containers[0].image',
    '"web:2"',
    '"web:1"',
  ],
  [
    'one element twice',
    { spec: { containers: [{ name: 'web' }, { name: 'web' }] } },
    'spec.containers[]',
    '{"name":"web"}',
    'no other element like that among 2',
  ],
  [
    'a label in another way of writing amounts',
    { metadata: { labels: { app: 1 } } },
    'metadata.labels.app',
    '1',
    '"web"',
  ],
  [
    'an amount of another unit',
    { spec: { containers: [{ resources: { limits: { memory: '1G' } } }] } },
    'spec.containers[0].resources.limits.memory',
    '"1G"',
    '"1Gi"',
  ],
  ['a name with a dot', { metadata: { labels: { 'a.b/c': 'd' } } }, 'metadata.labels["a.b/c"]', '"d"', 'not there'],
] as const)
  test(`${what} is not`, () => {
    const [path, text, seen = ''] = told
    assert.deepEqual(differences(wanted, pod), [
      { path, wanted: text, seen: seen.length > 200 ? `${seen.slice(0, 200)}…` : seen },
    ])
  })

test('all that differs is told', () => {
  const found = differences(
    { apiVersion: 'v2', spec: { replicas: 3, containers: [{ name: 'db' }, { name: 'side' }] } },
    pod,
  )
  assert.deepEqual(
    found.map(({ path }) => path),
    ['apiVersion', 'spec.replicas', 'spec.containers[0].name'],
  )
})

test('each element has one of its own where that can be, whatever their order', () => {
  const seen = [{ a: 1, b: 1 }, { a: 1 }, { a: 1, c: 1 }]
  assert.deepEqual(differences([{ a: 1 }, { c: 1 }, { b: 1 }], seen), [])
  assert.equal(differences([{ a: 1 }, { c: 1 }, { b: 1 }, { a: 1 }], seen).length, 1)
})

test('labels are texts: amounts that are the same differ there', () => {
  assert.equal(
    differences({ metadata: { labels: { size: '1000m' } } }, { metadata: { labels: { size: '1' } } }).length,
    1,
  )
})
