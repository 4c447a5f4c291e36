import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken } from '../core/errors.ts'
import { requireRoomInMemory, roomIn } from './room-in-memory.ts'

const refusal = (isMemory: boolean, freeMiB: number): unknown => {
  try {
    requireRoomInMemory('t14', '/dev/shm', () => ({ isMemory, freeMiB }))
    return undefined
  } catch (error) {
    return error
  }
}

test('a tmpfs with room will do', () => assert.equal(refusal(true, 512), undefined))

test('a small one, as containers have, will not; the remedy is told, and it is no verdict', () => {
  const error = refusal(true, 64)
  assert.ok(error instanceof EnvironmentBroken)
  assert.match(error.message, /^Machine "t14" cannot be kept in memory.*64 MiB free.*--shm-size=4g/s)
})

test('nor will a disk, however large', () => assert.match(String(refusal(false, 100_000)), /Got +no tmpfs/))

test('nor what is not there', () =>
  assert.throws(() => requireRoomInMemory('t14', '/no/such/folder'), /a tmpfs at \/no\/such\/folder/))

test('what this computer has is read', () => {
  assert.equal(roomIn('/proc').isMemory, false)
  assert.ok(roomIn('/').freeMiB > 0)
})
