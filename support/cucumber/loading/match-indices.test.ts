import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import test from 'node:test'

type Indices = readonly (readonly [number, number] | undefined)[]
type Exec = (regexp: RegExp, text: string) => (RegExpExecArray & { readonly indices?: Indices }) | null
const matchIndices = createRequire(import.meta.url)('./match-indices.cjs') as Exec

const rows: readonly (readonly [RegExp, string, boolean])[] = [
  [/^the service "([^"]*)" is (not )?active$/, 'the service "nginx" is active', true],
  [/^the service "([^"]*)" is (not )?active$/, 'the service "nginx" is not active', true],
  [/^no such$/, 'the service', false],
  [/(a)|(b)/, 'b', true],
  // The polyfill tells 1 to 3 for the first group here, which is the round before the last.
  [/(?:a(b(c)?))+/, 'ababc', true],
  [/(?<name>x+)y/u, '😀xxy', true],
  [/x/di, 'aX', true],
]

for (const [regexp, text, fits] of rows)
  test(`${regexp} on ${text}: each group is where its indices say`, () => {
    const match = matchIndices(regexp, text)
    assert.equal(match !== null, fits)
    if (!match) return
    assert.deepEqual([...match], [...(regexp.exec(text) ?? [])])
    assert.deepEqual(
      match.indices?.map(at => at && text.slice(...at)),
      [...match],
    )
  })

test('a global pattern goes on where it was, as exec does', () => {
  const regexp = /a/g
  assert.deepEqual(
    [1, 2, 3].map(() => matchIndices(regexp, 'aa')?.index),
    [0, 1, undefined],
  )
})
