import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { runsFolder } from './testing/recorded-run.ts'
import { evidenceFiles, readTranscripts } from './transcripts.ts'

const KEPT = 128 * 1024
const plain = (text: string): string => text

test('evidence is every file that is kept, whatever its folder, in order; without any there is none', () => {
  using run = runsFolder()
  assert.deepEqual(evidenceFiles(run.folder), [])
  mkdirSync(join(run.folder, 'evidence/web/sub'), { recursive: true })
  for (const name of ['web/sub/b.log', 'web/a.png', 'z.txt']) writeFileSync(join(run.folder, 'evidence', name), '')
  symlinkSync('nowhere', join(run.folder, 'evidence/dangling'))
  assert.deepEqual(evidenceFiles(run.folder), ['evidence/web/a.png', 'evidence/web/sub/b.log', 'evidence/z.txt'])
})

test('of consoles the end is shown, without secrets; of other files nothing', () => {
  using run = runsFolder()
  const files = { 'web.console.log': 'password: hunter2', 'console-2.log': 'ok', 'console.log.gz': '', 'nix.log': 'x' }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(run.folder, name), text)
  const kept = readTranscripts(run.folder, Object.keys(files), text => text.replace('hunter2', '***'))
  assert.deepEqual(kept, [
    { path: 'web.console.log', text: 'password: ***', bytes: 17 },
    { path: 'console-2.log', text: 'ok', bytes: 2 },
  ])
})

test('a long console is cut at its beginning, and its whole length told', () => {
  using run = runsFolder()
  writeFileSync(join(run.folder, 'console.log'), `lost${'x'.repeat(KEPT - 4)}last`)
  const [kept] = readTranscripts(run.folder, ['console.log'], plain)
  assert.deepEqual([kept?.bytes, kept?.text.length], [KEPT + 4, KEPT])
  assert.ok(kept?.text.startsWith('x') && kept.text.endsWith('xlast'))
})
