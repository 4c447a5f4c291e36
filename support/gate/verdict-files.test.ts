import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { EnvironmentBroken, UsageError } from '../core/errors.ts'
import { canonical } from './canonical.ts'
import { good } from './testing/document.ts'
import { readVerdictFile, refuseForeign, writeVerdict } from './verdict-files.ts'

const SIGNATURE = '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n'

function place(t: TestContext): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return { folder, file: join(folder, 't14.verdict.json') }
}

test('document and signature are read back as they were written', t => {
  const { file, folder } = place(t)
  writeVerdict(file, canonical(good()), SIGNATURE)
  assert.deepEqual(readVerdictFile(file), { content: canonical(good()), signature: SIGNATURE })
  assert.deepEqual(readdirSync(folder), ['t14.verdict.json', 't14.verdict.json.sig'])
})

test('a new one without a signature leaves none of the former', t => {
  const { file } = place(t)
  writeVerdict(file, canonical(good()), SIGNATURE)
  refuseForeign(file)
  writeVerdict(file, canonical({ ...good(), host: 'db1' }), undefined)
  assert.equal(existsSync(`${file}.sig`), false)
  assert.equal(readVerdictFile(file).signature, undefined)
})

test('where it cannot be written, nothing of it is there', t => {
  const { file, folder } = place(t)
  if (process.getuid?.() === 0) return t.skip('root may write everywhere')
  chmodSync(folder, 0o500)
  assert.throws(() => writeVerdict(file, canonical(good()), undefined), EnvironmentBroken)
  assert.deepEqual(readdirSync(folder), [])
})

for (const [what, prepare] of [
  ['a file of another kind', (file: string) => writeFileSync(file, '{ "mine": true }')],
  ['an empty file', (file: string) => writeFileSync(file, '')],
  ['a folder', (file: string) => mkdirSync(file)],
  ['a signature of another kind', (file: string) => writeFileSync(`${file}.sig`, 'mine')],
  ['a link to a file of another kind', (file: string) => symlinkSync('/etc/passwd', file)],
] as const)
  test(`${what} is not overwritten`, t => {
    const { file } = place(t)
    prepare(file)
    assert.throws(() => refuseForeign(file), UsageError)
  })

test('a folder that is not there is told before anything is judged', t =>
  assert.throws(() => refuseForeign(join(place(t).folder, 'none/it.json')), /There is no folder for the verdict/))

test('what is no file, or has no end, is not read', t => {
  const { file } = place(t)
  assert.throws(() => readVerdictFile(file), /There is no verdict/)
  assert.throws(() => readVerdictFile('/dev/zero'), /is no verdict/)
  writeFileSync(file, ' '.repeat(4_000_001))
  assert.throws(() => readVerdictFile(file), /4000001 bytes/)
})

test('a link is replaced, and what it leads to stays', t => {
  const { file, folder } = place(t)
  const other = join(folder, 'other')
  writeFileSync(other, canonical(good()))
  symlinkSync(other, file)
  refuseForeign(file)
  writeVerdict(file, canonical({ ...good(), host: 'db1' }), undefined)
  assert.equal(readFileSync(other, 'utf8'), canonical(good()))
})
