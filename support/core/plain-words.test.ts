import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import test from 'node:test'

const root = resolve(import.meta.dirname, '../..')
const WORDS = /\b(?:whoever|somebody|nobody|anybody)\b/i
/** The user account of that name, and what asks for these words. */
const MEANT = /nobody[:',]|'nobody'|WORDS|MEANT/

const sources = ['support', 'steps', 'bin', '.ci', 'features'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(?:ts|js|sh|nix)$/.test(file))
    .map(file => `${folder}/${file}`),
)

test('rows stand below a message after one blank line', () => {
  const found = sources
    .filter(file => !file.endsWith('.test.ts'))
    .filter(file => /(?<!\\n|[`\n])\$\{rows\(/.test(readFileSync(join(root, file), 'utf8')))
  assert.deepEqual(found, [])
})

test('comments and messages name their subject', () => {
  const found = sources.flatMap(file =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, i) => (WORDS.test(line) && !MEANT.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
  )
  assert.deepEqual(
    found.filter(line => !line.startsWith('.ci/docs/statements.test.ts')),
    [],
  )
})
