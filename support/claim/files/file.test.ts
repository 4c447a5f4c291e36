import assert from 'node:assert/strict'
import test from 'node:test'
import type { Expectation } from '../../expect/expectation.ts'
import type { FileFacts } from '../../probe/files/file.ts'
import { fileExists, fileHasGroup, fileHasMode, fileHasOwner, fileIs, fileLinksTo } from './file.ts'
import { fileContains, fileHasSha256, fileLacks } from './file-content.ts'

const attributes = { kind: 'file', size: 3, uid: 0, gid: 0, owner: 'root', group: 'root', mode: 0o640 } as const
const facts = (more: object = {}, found: object = {}): FileFacts =>
  ({ found: { is: { ...attributes, ...found } }, link: { is: undefined }, ...more }) as unknown as FileFacts
const content = (text: string | Buffer, cut = false) => facts({ content: { is: { bytes: Buffer.from(text), cut } } })
const link = (target: string, resolved?: string) => ({
  link: { is: { target: Buffer.from(target), ...(resolved !== undefined && { resolved: Buffer.from(resolved) }) } },
})
const nothing = { found: { is: undefined } } as unknown as Partial<FileFacts>

const told = (expectation: Expectation<FileFacts>, of: FileFacts): string => {
  const judgement = expectation.judge(of)
  return `${judgement.verdict}: ${'why' in judgement ? judgement.why : judgement.seen}`
}
const words = ({ wanted, missed }: Expectation<FileFacts>): string => `${wanted}, ${missed}`

test('a file is seen with its kind, size, owner, group and mode; ids where there is no name', () => {
  assert.equal(told(fileExists, facts()), 'met: a file, 3 bytes, root:root 0640')
  const unnamed = facts({}, { uid: 5, gid: 6, owner: undefined, group: undefined, mode: 0o4755, kind: 'directory' })
  assert.equal(told(fileExists, unnamed), 'met: a directory, 3 bytes, 5:6 4755')
  assert.equal(told(fileExists, facts(nothing)), 'not-yet: nothing there')
  assert.equal(told(fileExists, facts({ ...nothing, ...link('/x') })), 'not-yet: a link to /x, where there is nothing')
  assert.equal(told(fileExists, facts({ found: { unknown: 'EIO' } })), 'unknown: EIO')
  assert.equal(fileExists.judge(facts({ found: { unknown: 'EIO' }, ...link('/x') })).seen, 'a link to /x: EIO')
})

test('what is asked of a file has its words, and what was seen instead', () => {
  assert.equal(words(fileExists), 'exists, did not exist')
  assert.equal(words(fileIs('directory')), 'a directory, was not a directory')
  assert.equal(words(fileHasMode(0o600)), 'mode 0600, did not have mode 0600')
  assert.equal(words(fileHasOwner('root')), 'owner root, did not have owner root')
  assert.equal(words(fileHasGroup('wheel')), 'group wheel, did not have group wheel')
  assert.equal(words(fileLinksTo('/x')), 'a link to /x, was not a link to /x')
  assert.equal(told(fileHasMode(0o600), facts()), 'not-yet: mode 0640')
  const named = { namedUid: { is: 1 }, namedGid: { is: 1 } }
  assert.equal(told(fileHasOwner('bin'), facts(named)), 'not-yet: owner root')
  assert.equal(told(fileHasOwner('bin'), facts(named, { owner: undefined, uid: 5 })), 'not-yet: owner with uid 5')
  assert.equal(told(fileHasGroup('bin'), facts(named)), 'not-yet: group root')
  assert.equal(told(fileHasGroup('bin'), facts(named, { group: undefined, gid: 6 })), 'not-yet: group with gid 6')
  assert.equal(told(fileHasOwner('x'), facts({ namedUid: { unknown: 'no getent' } })), 'unknown: no getent')
})

test('a link leads where its text says, or where it ends', () => {
  const leads = (target: string, of: object) => told(fileLinksTo(target), facts(of))
  assert.equal(leads('/x', link('/x')), 'met: a link to /x')
  assert.equal(leads('/y', link('/x', '/y')), 'met: a link to /x')
  assert.equal(leads('/z', link('/x', '/y')), 'not-yet: a link to /x')
  assert.equal(leads('/z', link('/x')), 'unknown: where the link leads in the end could not be told')
  assert.equal(leads('/x', {}), 'not-yet: a file, 3 bytes, root:root 0640')
  assert.equal(leads('/x', { link: { unknown: 'EACCES' } }), 'unknown: EACCES')
})

const open = { secret: false }
const SECRET = 'hunter2'

test('nothing of a secret is told, neither what is wanted nor what is there', () => {
  for (const expectation of [fileContains(SECRET, { secret: true }), fileLacks(SECRET, { secret: true })])
    for (const of of [content(`x ${SECRET}`), content('other'), facts(nothing), content('cut', true)]) {
      const judgement = expectation.judge(of)
      assert.doesNotMatch(JSON.stringify([words(expectation), judgement]), /hunter2|other/)
    }
  assert.equal(words(fileContains(SECRET, { secret: true })), 'a text that is not shown, did not contain the text')
  assert.equal(words(fileLacks(SECRET, { secret: true })), 'a text that is not shown, absent, still contained the text')
})

test('content is told by its end, or by the lines that should not be there', () => {
  assert.equal(words(fileContains('a\nb', open)), '"a\\nb", did not contain "a\\nb"')
  assert.equal(words(fileLacks('a', open)), 'not "a", still contained "a"')
  const long = 'x'.repeat(61)
  assert.equal(fileContains(long, open).wanted, `"${long.slice(0, 59)}…"`)
  assert.equal(fileContains(long.slice(1), open).wanted, `"${long.slice(1)}"`)
  const many = [...Array(12).keys()].map(i => `line ${i}`).join('\n')
  assert.equal(
    fileContains('a', open).judge(content(many)).seen,
    `… 2 lines before\n${many.split('\n').slice(2).join('\n')}`,
  )
  assert.equal(told(fileContains('a', open), content('')), 'not-yet: an empty file')
  assert.equal(told(fileContains('a', open), content('x\0y')), 'not-yet: 3 bytes that are no text')
  assert.equal(told(fileLacks('b', open), content('ab\ncd\nbe\n')), 'not-yet: ab\nbe')
  assert.equal(told(fileLacks('b', open), content('cd')), 'met: not there')
})

test('what was not read proves nothing, and what is no file has no content', () => {
  for (const expectation of [fileContains('a', open), fileLacks('a', open)]) {
    assert.match(told(expectation, content('x', true)), /^unknown: it is longer than the \d+ bytes that are read.*grep/)
    assert.equal(told(expectation, facts()), 'unknown: it was there, and had gone when it was to be read')
    assert.equal(told(expectation, facts({ content: { unknown: 'EACCES' } })), 'unknown: EACCES')
    const judgement = expectation.judge(facts({}, { kind: 'directory' }))
    assert.equal('neither' in judgement && judgement.neither, 'was a directory')
  }
  assert.equal(told(fileContains('a', open), content('a', true)).split(':')[0], 'met')
})

test('a sum is the same or another, and told', () => {
  const [sum, other] = ['a'.repeat(64), 'b'.repeat(64)]
  const has = (of: object) => told(fileHasSha256(sum), facts(of))
  assert.equal(words(fileHasSha256(sum)), `sha256 ${sum}, did not have that sha256`)
  assert.equal(has({ sha256: { is: sum } }), `met: sha256 ${sum}`)
  assert.equal(has({ sha256: { is: other } }), `not-yet: sha256 ${other}`)
  assert.equal(has({ sha256: { unknown: 'no sha256sum' } }), 'unknown: no sha256sum')
  assert.equal(has({}), 'unknown: it was there, and had gone when it was to be read')
})
