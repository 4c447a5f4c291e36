import assert from 'node:assert/strict'
import test from 'node:test'
import { UsageError } from '../core/errors.ts'
import { canonical, parseVerdict } from './canonical.ts'
import { good } from './testing/document.ts'

const refused = (content: string, words: RegExp): void => {
  assert.throws(
    () => parseVerdict(content, 't14.verdict.json'),
    (error: unknown) => error instanceof UsageError && words.test(error.message),
  )
}

test('a good verdict is read back as it was written', () =>
  assert.deepEqual(parseVerdict(canonical(good()), 'it'), good()))

test('keys are in order, whatever order they were given in', () => {
  const backwards = Object.fromEntries(Object.entries(good()).toReversed())
  assert.equal(canonical(backwards), canonical(good()))
})

type Place = readonly (string | number)[]

/** All places in a document at which there is something. */
function places(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at]
  const inner = Array.isArray(value) ? value.map((each, i) => [i, each] as const) : Object.entries(value)
  return [at, ...inner.flatMap(([key, each]) => places(each, [...at, key]))]
}

/** The document with the object at a place made anew. */
function changed(document: unknown, [first, ...rest]: Place, change: (value: unknown) => unknown): unknown {
  if (first === undefined) return change(document)
  const copy: Record<string | number, unknown> = Array.isArray(document)
    ? (Object.assign([], document) as unknown as Record<number, unknown>)
    : { ...(document as object) }
  copy[first] = changed(copy[first], rest, change)
  return copy
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** What names are in these is the user's matter. */
const FREE = ['disks', 'features.files', 'machines', 'target.disks']

test('no key may be left out, at any depth', () => {
  let walked = 0
  for (const at of places(good()).filter(place => place.length > 0)) {
    const [key, parent] = [at.at(-1), at.slice(0, -1)]
    if (typeof key === 'number' || FREE.includes(parent.join('.'))) continue
    walked += 1
    const without = changed(good(), parent, value =>
      Object.fromEntries(Object.entries(value as object).filter(([name]) => name !== key)),
    )
    refused(canonical(without), /is no verdict/)
  }
  assert.ok(walked > 50)
})

test('no key may be added, at any depth', () => {
  let walked = 0
  const at = (place: Place): unknown =>
    place.reduce((value, key) => (value as Record<string, unknown>)[key], good() as unknown)
  for (const place of places(good())) {
    if (!isObject(at(place)) || FREE.includes(place.join('.'))) continue
    walked += 1
    refused(canonical(changed(good(), place, value => ({ ...(value as object), more: 1 }))), /Unrecognized key/)
  }
  assert.ok(walked > 8)
})

test('no value may be of another kind', () => {
  const nullable = [
    /^flake\.(?:revision|dirtyRevision|fingerprint|lock)$/,
    /^(?:diskScript|disks|features\.tags|installer|signer|target)$/,
    /^target\.(?:uuid|architecture|firmware|disks\.main\.(?:serial|wwn|partitionTable|content))$/,
  ]
  const others = [/\.accelerator$/, /\.diskScript$/, /\.qemu$/, /\.(?:host|machine)$/]
  for (const place of places(good()))
    for (const value of [null, 7.5, [{}]])
      if (value !== null || ![...nullable, ...others].some(may => may.test(place.join('.'))))
        refused(canonical(changed(good(), place, () => value)), /is no verdict/)
})

for (const [what, content, words] of [
  ['nothing', '', /half of it/],
  ['half a file', canonical(good()).slice(0, 400), /half of it/],
  ['another format', canonical({ ...good(), format: 'nixcumber-verdict@2' }), /format: /],
  ['another level', canonical({ ...good(), level: 'evaluated' as 'vm' }), /level: /],
  ['a word of its own', canonical({ ...good(), word: 'GO!' }), /word: /],
  [
    'a key given twice',
    canonical(good()).replace('"word": "GO"', '"word": "NO-GO",\n  "word": "GO"'),
    /not written as/,
  ],
  ['blanks of its own', JSON.stringify(good()), /not written as/],
  ['words behind it', `${canonical(good())}\n`, /not written as/],
  ['a second document', `${canonical(good())}{}`, /half of it/],
  ['a line of its own in a host', canonical({ ...good(), host: 't14\nGO' }), /host: /],
  ['an escape code in a host', canonical({ ...good(), host: 't14\u001b[2J' }), /host: /],
  ['a time that is none', canonical({ ...good(), expires: 'tomorrow' }), /expires: /],
] as const)
  test(`${what} is refused`, () => refused(content, words))

test('what is refused does not speak to the terminal', () => {
  for (const content of [canonical({ ...good(), '\u001b[2J': 1 }), '\u001b[2J'])
    assert.throws(
      () => parseVerdict(content, 'it'),
      (error: unknown) => error instanceof UsageError && !error.message.includes('\u001b'),
    )
})
