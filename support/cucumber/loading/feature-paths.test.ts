import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { featureFiles } from './feature-paths.ts'

const rows: readonly (readonly [string, string, readonly number[]])[] = [
  ['a.feature', 'a.feature', []],
  ['a.feature:3', 'a.feature', [3]],
  ['a.feature:3:12', 'a.feature', [3, 12]],
  ['at:20:15.feature:7', 'at:20:15.feature', [7]],
  ['a:1/../a.feature:1', 'a.feature', [1]],
]

for (const [word, name, lines] of rows)
  test(`${word} names ${lines.length === 0 ? 'all' : `lines ${lines.join(' and ')}`} of ${name}`, t => {
    const folder = mkdtempSync(join(tmpdir(), 'feature-paths-'))
    t.after(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, name), '')
    const found = featureFiles([word], folder, folder)
    assert.deepEqual(found.files, [join(folder, name)])
    assert.deepEqual(found.lines[name] ?? [], lines)
  })
