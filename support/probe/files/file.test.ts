import assert from 'node:assert/strict'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { type Command, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { type Fact, known, whyUnknown } from '../fact.ts'
import { type FileFacts, type FileQuery, file } from './file.ts'
import { CONTENT_LIMIT } from './file-content.ts'

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
    assert.equal(known(found)?.kind, 'file')
    assert.equal(known(content)?.bytes.toString(), `content of ${name}`)
  })

test('permissions, size and owner are those of what a link leads to', async () => {
  writeFileSync(at('real'), '12345')
  chmodSync(at('real'), 0o640)
  symlinkSync('real', at('link'))
  const { found, link } = await ask({ path: at('link') })
  const ids = { uid: 0, gid: 0, owner: 'root', group: 'root' }
  assert.deepEqual(found, { is: { kind: 'file', mode: 0o640, ...ids, size: 5 } })
  assert.deepEqual(link, { is: { target: Buffer.from('real'), resolved: Buffer.from(at('real')) } })
})

test('a set bit beyond the permissions is part of the mode', async () => {
  mkdirSync(at('sticky'))
  chmodSync(at('sticky'), 0o1777)
  const found = known((await ask({ path: at('sticky') })).found)
  assert.deepEqual([found?.kind, found?.mode], ['directory', 0o1777])
})

test('an id without a name is told as the number, and a name is asked for apart', async () => {
  writeFileSync(at('stray'), '')
  chownSync(at('stray'), 54_321, 1)
  const { found, namedUid, namedGid } = await ask({ path: at('stray'), owner: '54321', group: 'daemon' })
  const { uid, gid, owner, group } = known(found) ?? {}
  assert.deepEqual([uid, gid, owner, group], [54_321, 1, undefined, 'daemon'])
  assert.deepEqual([namedUid, namedGid], [{ is: 54_321 }, { is: 1 }])
  assert.deepEqual((await ask({ path: at('stray'), owner: 'nosuchuser' })).namedUid, { is: undefined })
})

const NOWHERE = { is: undefined }

test('a link to nothing is a link, and nothing', async () => {
  symlinkSync('/nowhere', at('dangling'))
  const nowhere = Buffer.from('/nowhere')
  const link = { is: { target: nowhere, resolved: nowhere } }
  assert.deepEqual(await ask({ path: at('dangling') }), { found: NOWHERE, link })
})

test('the target of a link may be any bytes, a newline at its end too', async () => {
  const target = Buffer.from('/caf\xe9\n\n', 'latin1')
  symlinkSync(target, at('latin'))
  assert.deepEqual(known((await ask({ path: at('latin') })).link)?.target, target)
})

test('nothing there is an answer', async () => {
  assert.deepEqual(await ask({ path: at('missing'), with: 'content' }), { found: NOWHERE, link: NOWHERE })
  writeFileSync(at('leaf'), '')
  assert.deepEqual((await ask({ path: at('leaf/below') })).found, NOWHERE)
})

for (const [name, target] of [
  ['loop', 'loop'],
  ['grows', 'grows/below'],
  ['grows-behind-nothing', 'missing/../grows/below'],
] as const)
  test(`what a link that leads into itself leads to is unknown, and soon: ${target}`, async () => {
    symlinkSync(target, at(name))
    const { found, link } = await ask({ path: at(name), with: 'content' })
    const lost = name !== 'grows-behind-nothing'
    assert.deepEqual(found, lost ? { unknown: 'Too many levels of symbolic links' } : NOWHERE)
    assert.equal(known(link)?.target.toString(), target)
    assert.equal(known(link)?.resolved, undefined)
  })

test('a name that is too long for any file is unknown, not absent', async () => {
  const { found, link } = await ask({ path: at('x'.repeat(300)) })
  assert.deepEqual([found, link], [{ unknown: 'File name too long' }, { unknown: 'File name too long' }])
})

test('bytes come as they are, our separator and NUL included', async () => {
  const bytes = Buffer.from('a\u001eb\0c\r\n\u001e')
  writeFileSync(at('binary'), bytes)
  assert.deepEqual((await ask({ path: at('binary'), with: 'content' })).content, { is: { bytes, cut: false } })
})

test('of a long file the beginning is read, and that it is not all is told', async () => {
  writeFileSync(at('long'), Buffer.alloc(CONTENT_LIMIT + 1, 'x'))
  const content = known((await ask({ path: at('long'), with: 'content' })).content)
  assert.deepEqual([content?.bytes.length, content?.cut], [CONTENT_LIMIT, true])
  writeFileSync(at('long'), Buffer.alloc(CONTENT_LIMIT, 'x'))
  const whole = known((await ask({ path: at('long'), with: 'content' })).content)
  assert.deepEqual([whole?.bytes.length, whole?.cut], [CONTENT_LIMIT, false])
})

test('an empty file has content, and what is no regular file has none', async () => {
  writeFileSync(at('empty'), '')
  const { content } = await ask({ path: at('empty'), with: 'content' })
  assert.deepEqual(content, { is: { bytes: Buffer.of(), cut: false } })
  for (const path of [folder, '/dev/null']) assert.equal((await ask({ path, with: 'content' })).content, undefined)
})

/** As a user who may see little. */
const asOther = ({ script }: Command): Command =>
  sh`setpriv --reuid 65534 --regid 65534 --clear-groups bash -c ${script}`
const askedByOther = async (query: FileQuery) =>
  file.parse(await shell.run(asOther(file.command(query)), { attempt: seconds(10) }), query)

test('what may not be read is not missing', async () => {
  mkdirSync(at('closed'), { mode: 0o700 })
  chmodSync(folder, 0o755)
  const query: FileQuery = { path: at('closed/anything') }
  await assert.rejects(askedByOther(query), /anything could not be read: .*Permission denied/)
  assert.deepEqual(await ask(query), { found: NOWHERE, link: NOWHERE })
})

for (const wanted of ['content', 'sha256'] as const)
  test(`a file that may not be opened has a ${wanted} that is not told`, async () => {
    writeFileSync(at('private'), 'hunter2', { mode: 0o600 })
    chmodSync(folder, 0o755)
    await assert.rejects(askedByOther({ path: at('private'), with: wanted }), /content of .*private.*Permission denied/)
    assert.equal(known((await askedByOther({ path: at('private') })).found)?.mode, 0o600)
  })

const TOLD_BY: Readonly<Record<string, (facts: FileFacts) => Fact<unknown> | undefined>> = {
  readlink: ({ link }) => link,
  getent: ({ namedUid }) => namedUid,
  head: ({ content }) => content,
  base64: ({ content }) => content,
  sha256sum: ({ sha256 }) => sha256,
}

/** The same question where a program is not there. */
const askedWithout = async (gone: string, query: FileQuery) => {
  const missing = sh`${{ script: gone }}() { echo ${`${gone}: command not found`} >&2; return 127; }; ${file.command(query)}`
  return file.parse(await shell.run(missing, { attempt: seconds(10) }), query)
}

for (const [gone, told] of Object.entries(TOLD_BY))
  test(`without ${gone}, what it would have told is unknown`, async () => {
    writeFileSync(at('here'), 'x')
    symlinkSync('here', at(`here-without-${gone}`))
    const wanted = gone === 'sha256sum' ? 'sha256' : 'content'
    const facts = await askedWithout(gone, { path: at(`here-without-${gone}`), owner: 'root', with: wanted })
    assert.notEqual(whyUnknown(told(facts)), undefined)
    const known = Object.values(TOLD_BY).filter(other => other !== told && other(facts) !== undefined)
    if (gone !== 'base64' && gone !== 'head') assert.ok(known.every(other => whyUnknown(other(facts)) === undefined))
  })

test('without stat nothing is known', async () => {
  await assert.rejects(askedWithout('stat', { path: at('here') }), { exitCode: 3, message: /stat: command not found/ })
})

test('a hash instead of the content', async () => {
  writeFileSync(at('secret'), 'hunter2')
  const facts = await ask({ path: at('secret'), with: 'sha256' })
  assert.equal(known(facts.sha256), 'f52fbd32b2b3b86ff88ef6c490628285f482af15ddcb29541f94bcf526a3f6c7')
  assert.equal(facts.content, undefined)
})
