import assert from 'node:assert/strict'
import test from 'node:test'
import { type Frame, FrameReader } from './framing.ts'

const done = (id: number, out: string, err = ''): string =>
  `\x02done ${id} 0 ${out.length} ${err.length}\n${out}${err}\x03`
const read = (...pieces: readonly string[]): Frame[] => {
  const reader = new FrameReader()
  return pieces.flatMap(piece => reader.push(Buffer.from(piece, 'latin1')))
}
const outputs = (frames: readonly Frame[]): string[] =>
  frames.map(frame =>
    frame.kind === 'done' ? `${frame.id}:${frame.stdout}/${frame.stderr}` : `${frame.asked} ${frame.state}`,
  )

test('a frame may come byte by byte', () =>
  assert.deepEqual(outputs(read(...done(7, 'a\x02b\x03', 'c'))), ['7:a\x02b\x03/c']))

test('several frames may come in one piece', () =>
  assert.deepEqual(outputs(read(`${done(1, 'a')}\x02ready b-o-o-t degraded\n${done(2, '', 'b')}`)), [
    '1:a/',
    'ready degraded',
    '2:/b',
  ]))

for (const garbage of [
  'boot messages\n',
  '\x02',
  '\x02done 1 0 x y\n',
  '\x03',
  '\x02done 1 0 1 0\nab',
  '\x02done 1 0 67108865 0\n',
  '\x02done 1 0 0 99999999999999999999\n',
  `\x02${'x'.repeat(500)}`,
])
  test(`${JSON.stringify(garbage.slice(0, 20))} before a frame is skipped`, () =>
    assert.deepEqual(outputs(read(`${garbage}${done(2, 'good')}`)).at(-1), '2:good/'))

test('an answer to the awaited question is found inside a body that never ends', () => {
  const reader = new FrameReader()
  reader.await('n1')
  assert.deepEqual(reader.push(Buffer.from('\x02done 1 0 999999 0\nhalf of it')), [])
  assert.deepEqual(outputs(reader.push(Buffer.from(`\x02hello n1 boot running\n${done(3, 'x')}`))), [
    'n1 running',
    '3:x/',
  ])
})

test('frames that arrive with the awaited answer are not lost', () => {
  const reader = new FrameReader()
  reader.await('n1')
  assert.deepEqual(outputs(reader.push(Buffer.from(`${done(1, 'a')}\x02hello n1 boot running\n`))), [
    '1:a/',
    'n1 running',
  ])
})
