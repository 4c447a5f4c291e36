import assert from 'node:assert/strict'
import test from 'node:test'
import { sourcesIn } from './sources.ts'

test('what judges is broken, what tests it is not', () => {
  const all = sourcesIn('.', '')
  assert.ok(all.includes('support/claim/files/file.ts') && all.includes('support/effect/shell/word.ts'))
  assert.deepEqual(
    all.filter(file => /test|\/rows\/|\.rows\.|\.answers\./.test(file)),
    [],
  )
})

test('a file or a folder may be chosen; a name that is none of them is refused', () => {
  assert.deepEqual(sourcesIn('.', 'support/probe/network/port.ts'), ['support/probe/network/port.ts'])
  assert.ok(sourcesIn('.', 'support/probe/facts').every(file => file.startsWith('support/probe/facts/')))
  assert.throws(() => sourcesIn('.', 'support/nix'), /--only takes .*support\/claim.*not "support\/nix"/)
})
