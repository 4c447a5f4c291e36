import { createHash } from 'node:crypto'

/** Numbers from 0 to 1 that look like chance and are the same again for the same seed (mulberry32). */
export function chance(...seed: readonly (string | number)[]): () => number {
  let state = createHash('sha256').update(seed.join('\n')).digest().readUInt32BE()
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
