import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import test, { type TestContext } from 'node:test'
import { memoryInUse } from '../core/testing/memory-in-use.ts'
import { StreamConsole } from './stream-console.ts'
import { TranscriptFile } from './transcript-file.ts'

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'transcript-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

test('what is not too much is whole, and on disk before it is closed', t => {
  const path = join(folder(t), 'log')
  const file = new TranscriptFile(path, { head: 100, tail: 50 })
  file.write(Buffer.from('a'.repeat(60)))
  file.write(Buffer.from('b'.repeat(40)))
  assert.equal(readFileSync(path, 'utf8'), 'a'.repeat(60) + 'b'.repeat(40))
  file.close()
  assert.equal(file.whole, true)
})

test('of a flood the beginning and the end are kept, with a word about what is missing between them', t => {
  const dir = folder(t)
  const path = join(dir, 'log')
  const file = new TranscriptFile(path, { head: 100, tail: 50 })
  for (let i = 0; i < 1000; i += 1) file.write(Buffer.from(`line ${String(i).padStart(4, '0')}\n`))
  assert.equal(file.whole, false)
  const onDisk = readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0)
  assert.ok(onDisk <= 100 + 2 * (50 + 10), `${onDisk} bytes while it goes on`)
  file.close()
  const text = readFileSync(path, 'utf8')
  assert.ok(text.startsWith('line 0000\nline 0001\n') && text.endsWith('line 0998\nline 0999\n'), text)
  const [, left] = /\[nixcumber: a flood; (\d+) bytes are left out here\]/.exec(text) ?? []
  assert.equal(Number(left) + text.replace(/\n\n\[.*\]\n\n/, '').length, 10_000)
  assert.deepEqual(readdirSync(dir), ['log'])
})

test('where nothing can be written the console lives on', () => {
  const file = new TranscriptFile('/dev/full')
  file.write(Buffer.from('x'))
  file.close()
  new TranscriptFile('/nowhere/log').write(Buffer.from('x'))
})

test('a flood of 300 MB fills neither memory nor disk', async t => {
  const stream = new PassThrough()
  const transcriptFile = join(folder(t), 'log')
  const console = new StreamConsole({ stream, transcriptFile })
  const chunk = Buffer.alloc(65_536, 'y\n')
  const before = memoryInUse()
  for (let i = 0; i < 5000; i += 1)
    if (!stream.write(chunk)) await new Promise(resolve => stream.once('drain', resolve))
  const grown = memoryInUse() - before
  await console[Symbol.asyncDispose]()
  assert.ok(grown < 100 * 1024 * 1024, `${Math.round(grown / 1024 / 1024)} MiB`)
  assert.ok(statSync(transcriptFile).size < 66 * 1024 * 1024)
  assert.equal(console.position, 5000 * 65_536)
})
