import assert from 'node:assert/strict'
import test from 'node:test'
import { ConfigurationBroken } from '../../core/errors.ts'
import { silentProgress } from '../../core/progress.ts'
import { bootWithRetry } from './boot-with-retry.ts'
import { QemuLost } from './messages.ts'

const lost = new QemuLost('QEMU of machine "t14" was lost while it booted: killed by SIGABRT\n\n  Said …')
const failing = (errors: readonly Error[]) => async (attempt: number) => {
  const error = errors[attempt - 1]
  if (error) throw error
  return attempt
}

test('a QEMU that dies while booting is tried once more, and that is shown', async () => {
  const notes: string[] = []
  assert.equal(await bootWithRetry(failing([lost]), { ...silentProgress, note: text => notes.push(text) }), 2)
  assert.deepEqual(notes, ['QEMU of machine "t14" was lost while it booted: killed by SIGABRT; trying once more'])
})

test('a QEMU that dies twice is not tried a third time', () =>
  assert.rejects(bootWithRetry(failing([lost, lost]), silentProgress), lost))

test('a machine that is broken itself is not tried again', () => {
  const broken = new ConfigurationBroken('it panicked')
  return assert.rejects(bootWithRetry(failing([broken]), silentProgress), broken)
})
