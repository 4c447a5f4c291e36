import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import test from 'node:test'

/*
 * What `using` holds goes where its block ends, and `return look(machine)` ends it before the look has: the shell is closed, the lock given
 * back, the folder removed while they are in use. `return await look(machine)` waits. What is called here and gives no promise is named.
 */
const root = resolve(import.meta.dirname, '../..')
const SYNCHRONOUS = new Set([
  'readTargetFile',
  'answered',
  'Buffer.concat',
  'work',
  'inOnePacket',
  'rows.map',
  'unknown',
  'stdout.toString',
])

const depth = (line: string): number => line.length - line.trimStart().length
const isFunction = (line: string): boolean =>
  /=> \{$|^\s*(?:export )?(?:async )?function\b|^\s*(?:static )?(?:async )?[#\w[\].]+(?:<.*>)?\(.*\{$/.test(line) &&
  !/^\s*(?:if|for|while|switch|catch)\b/.test(line)

/** The line that opens the function around line `at`. */
function around(lines: readonly string[], at: number): number {
  let inside = depth(lines[at] ?? '')
  for (let i = at - 1; i >= 0; i--) {
    const line = lines[i] ?? ''
    if (line.trim() === '' || depth(line) >= inside) continue
    inside = depth(line)
    if (isFunction(line) || inside === 0) return i
  }
  return -1
}

function early(text: string): number[] {
  const lines = text.split('\n')
  const held = lines.flatMap((line, i) => (/^\s*(?:await )?using /.test(line) ? [i] : []))
  const isHeld = (at: number): boolean =>
    held.some(i => i < at && around(lines, i) === around(lines, at) && isSameBlock(lines, i, at))
  return lines.flatMap((line, at) => {
    const [, returned = ''] = /\breturn (?!await\b)([#\w.?]+)(?:<.*>)?\(/.exec(line) ?? []
    return returned !== '' && !line.includes('await ') && !SYNCHRONOUS.has(returned) && isHeld(at) ? [at + 1] : []
  })
}

const isSameBlock = (lines: readonly string[], from: number, to: number): boolean =>
  lines.slice(from, to).every(line => line.trim() === '' || depth(line) >= depth(lines[from] ?? ''))

test('what is held by `using` is held until what is returned is there', () => {
  const files = ['support', 'steps', 'features'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => /\.ts$/.test(file) && !/\.test\.ts$/.test(file))
      .map(file => `${folder}/${file}`),
  )
  assert.ok(files.length > 500)
  const found = files.flatMap(file => early(readFileSync(join(root, file), 'utf8')).map(line => `${file}:${line}`))
  assert.deepEqual(found, [])
})

test('one that is not would be found, wherever it stands', () => {
  const planted = (line: string): string => `async function f() {\n  await using shell = await open()\n${line}\n}\n`
  assert.deepEqual(early(planted('  return look(shell)')), [3])
  assert.deepEqual(early(planted('  if (shell.isGood) return this.#look(shell)')), [3])
  assert.deepEqual(early(planted('  try {\n    return look(shell)\n  } finally {\n  }')), [4])
  assert.deepEqual(early(planted('  return await look(shell)')), [])
  assert.deepEqual(early(planted('  return told(await look(shell))')), [])
  assert.deepEqual(early(planted('  use(place => {\n    return look(place)\n  })')), [])
  assert.deepEqual(early(`${planted('  await look(shell)')}\nfunction g() {\n  return look()\n}\n`), [])
})
