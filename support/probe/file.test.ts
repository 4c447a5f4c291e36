import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import { LocalShell } from '../shell/local.ts'
import { type FileQuery, file } from './file.ts'

const folder = mkdtempSync(join(tmpdir(), 'nixcumber-file-'))
const shell = new LocalShell()
after(async () => {
  rmSync(folder, { recursive: true })
  await shell[Symbol.asyncDispose]()
})

const at = (name: string): string => join(folder, name)
const ask = async (query: FileQuery) =>
  file.parse(await shell.run(file.command(query), { attempt: seconds(10) }), query)

const HOSTILE = [
  'with space',
  "quote'",
  'double"quote',
  'new\nline',
  '-e',
  '$(touch hurt)',
  '`id`',
  '*',
  'ü',
  '\\',
  ';ls',
  '\u001e',
]

for (const name of HOSTILE)
  test(`a name is only a name: ${JSON.stringify(name)}`, async () => {
    writeFileSync(at(name), `content of ${name}`)
    const { found, content } = await ask({ path: at(name), with: 'content' })
    assert.equal(found?.kind, 'file')
    assert.equal(content?.toString(), `content of ${name}`)
  })

test('permissions, size and owner are those of what a link leads to', async () => {
  writeFileSync(at('real'), '12345')
  chmodSync(at('real'), 0o640)
  symlinkSync('real', at('link'))
  const { found, link } = await ask({ path: at('link') })
  assert.deepEqual(found, { kind: 'file', mode: 0o640, owner: 'root', group: 'root', size: 5 })
  assert.deepEqual(link, { target: 'real', resolved: at('real') })
})

test('a set bit beyond the permissions is part of the mode', async () => {
  mkdirSync(at('sticky'))
  chmodSync(at('sticky'), 0o1777)
  const { found } = await ask({ path: at('sticky') })
  assert.deepEqual([found?.kind, found?.mode], ['directory', 0o1777])
})

test('a link to nothing is a link, and nothing', async () => {
  symlinkSync('/nowhere', at('dangling'))
  assert.deepEqual(await ask({ path: at('dangling') }), { link: { target: '/nowhere', resolved: '/nowhere' } })
})

test('nothing there is an answer', async () => {
  assert.deepEqual(await ask({ path: at('missing'), with: 'content' }), {})
})

test('bytes come as they are, our separator and NUL included', async () => {
  const bytes = Buffer.from('a\u001eb\0c\r\n\u001e')
  writeFileSync(at('binary'), bytes)
  assert.deepEqual((await ask({ path: at('binary'), with: 'content' })).content, bytes)
})

test('what may not be read is not missing: whoever asked has seen nothing', async () => {
  mkdirSync(at('closed'), { mode: 0o700 })
  chmodSync(folder, 0o755)
  const query: FileQuery = { path: at('closed/anything') }
  const nobody = sh`setpriv --reuid 65534 --regid 65534 --clear-groups sh -c ${file.command(query).script}`
  const result = await shell.run(nobody, { attempt: seconds(10) })
  assert.throws(() => file.parse(result, query), /anything could not be read: .*Permission denied/)
  assert.deepEqual(await ask(query), {})
})

test('a hash instead of the content', async () => {
  writeFileSync(at('secret'), 'hunter2')
  const facts = await ask({ path: at('secret'), with: 'sha256' })
  assert.equal(facts.sha256, 'f52fbd32b2b3b86ff88ef6c490628285f482af15ddcb29541f94bcf526a3f6c7')
  assert.equal(facts.content, undefined)
})
