import assert from 'node:assert/strict'
import test from 'node:test'
import { isBinary, textIn, textOf } from './text-in-bytes.ts'

const LINE = 'say hellö, 😀\n'
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')
const utf32 = (text: string): Buffer =>
  Buffer.from(Uint32Array.from([...text], each => each.codePointAt(0) ?? 0).buffer)
const ENCODED: Readonly<Record<string, Buffer>> = {
  'UTF-16LE': utf16(`\ufeff${LINE}`),
  'UTF-16BE': utf16(`\ufeff${LINE}`).swap16(),
  'UTF-32LE': utf32(`\ufeff${LINE}`),
  'UTF-32BE': utf32(`\ufeff${LINE}`).swap32(),
}
const is = (bytes: Buffer, text: string): boolean | string => {
  const fact = textIn(bytes, text)
  return 'is' in fact ? fact.is : fact.unknown
}

for (const [name, bytes] of Object.entries(ENCODED)) {
  test(`${name} with its mark is read`, () => {
    assert.deepEqual(
      ['hellö', '😀\n', 'hello'].map(text => is(bytes, text)),
      [true, true, false],
    )
    assert.equal(textOf(bytes), LINE)
    assert.equal(isBinary(bytes), false)
  })

  test(`${name} without a mark is neither text with it nor without it`, () => {
    const bare = bytes.subarray(name.startsWith('UTF-32') ? 4 : 2)
    assert.equal(is(bare, 'hellö'), `it is no UTF-8, and holds the text as ${name.slice(0, 6)}, without saying so`)
    assert.equal(is(bare, 'hello'), false)
    assert.equal(isBinary(bare), true)
  })

  test(`${name} that is cut, or goes on otherwise, says nothing of what is not found`, () => {
    const cut = bytes.subarray(0, -1)
    assert.deepEqual(
      ['hellö', 'hello'].map(text => is(cut, text)),
      [true, `it begins as ${name}, and is not that to its end`],
    )
  })
}

test('UTF-8 is found wherever it is', () => {
  assert.equal(is(Buffer.from('\ufeffGrüße'), 'Grüße'), true)
  assert.equal(is(Buffer.from('a\0hello\0b'), 'hello'), true)
  assert.equal(is(Buffer.from('PATH=/bin\0HOME=/root\0'), 'SECRET'), false)
  assert.equal(is(Buffer.from(''), 'x'), false)
})

test('Latin-1 is no UTF-8: what would be there in it is neither there nor not', () => {
  const bytes = Buffer.from('Gr\xfc\xdfe\n', 'latin1')
  assert.match(String(is(bytes, 'Grüße')), /holds the text as Latin-1, without saying so/)
  assert.deepEqual([is(bytes, 'Große'), is(bytes, '日本'), is(Buffer.from('Grüße'), 'Ã¼')], [false, false, false])
})

test('a mark by chance does not hide what is there', () => {
  assert.equal(
    is(Buffer.from('\xff\xfehello!', 'latin1'), 'hello'),
    'it begins as UTF-16LE, and holds the text as UTF-8',
  )
  assert.equal(is(utf16('\ufeff敥'), 'ee'), 'it begins as UTF-16LE, and holds the text as UTF-8')
})

test('a text in UTF-16 that begins with NUL is not taken for UTF-32', () => {
  assert.equal(textOf(utf16('\ufeff\0abc')), '\0abc')
})
