/** Answers are taken apart by announced lengths, NUL or JSON: never at a byte that a name, a file or a line of a log may hold. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'

const support = join(import.meta.dirname, '..')
const sources = ['probe', 'claim'].flatMap(room =>
  readdirSync(join(support, room), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !/\.test\.ts$|\.rows\.ts$|^testing\//.test(file))
    .map(file => join(room, file)),
)

/** A control character but tab, newline and carriage return, in any spelling: JavaScript's, printf's, or as it is. */
const CONTROL = [
  /\\u00(?!09|0[aAdD]|00)[01][0-9a-fA-F]/,
  /\\x(?!09|0[aAdD]|00)[01][0-9a-fA-F]/,
  /\\(?!0?1[125]|000?\b)0?[0-3][0-7](?![0-9])/,
  /fromCharCode\(\s*(?:0x)?[0-3]?[0-9a-f]\s*\)/i,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
  /[\u0001-\u0008\u000b\u000c\u000e-\u001f]/,
]

const controlsIn = (text: string): string[] =>
  text.split('\n').filter(line => CONTROL.some(pattern => pattern.test(line)))

test('no separator that data may hold is used by a probe or a claim', () => {
  assert.ok(sources.length > 60)
  const found = sources.flatMap(file =>
    controlsIn(readFileSync(join(support, file), 'utf8')).map(line => `${file}: ${line.trim()}`),
  )
  assert.deepEqual(found, [], 'use the framing of support/probe/sections.ts')
})

for (const line of [
  "const UNIT = '\\u001f'",
  "split('\\x1e')",
  "printf '\\\\037%s\\\\036'",
  "printf '\\\\35'",
  'String.fromCharCode(30)',
  'String.fromCharCode(0x1e)',
  "split('\u001e')",
])
  test(`one would be found: ${JSON.stringify(line)}`, () => assert.equal(controlsIn(line).length, 1))

for (const line of [
  "split('\\n')",
  "split('\\t')",
  "tr '\\\\000' '?'",
  "split('\\0')",
  '[0x1f, 0x8b]',
  '.slice(0, 12)',
  "'\\\\u00e4'",
])
  test(`this is none: ${JSON.stringify(line)}`, () => assert.deepEqual(controlsIn(line), []))
