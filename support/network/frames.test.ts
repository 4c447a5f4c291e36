import assert from 'node:assert/strict'
import test from 'node:test'
import { FrameReader, packet } from './frames.ts'
import { frame } from './testing/peer.ts'

const packets = ['one', 'two', 'x'.repeat(1500)].map(text => packet(frame('020000000001', '020000000002', text)))
const stream = Buffer.concat(packets)

for (const size of [1, 3, 7, 100, stream.length])
  test(`frames are found in pieces of ${size} bytes`, () => {
    const reader = new FrameReader()
    const found: Buffer[] = []
    for (let at = 0; at < stream.length; at += size) found.push(...reader.push(stream.subarray(at, at + size)))
    assert.deepEqual(found, packets)
  })

for (const length of [0, 13, 0x7fff_ffff])
  test(`what would be ${length} bytes long is no frame`, () => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(length)
    assert.throws(() => new FrameReader().push(bytes), /is no frame: it would be/)
  })
