import assert from 'node:assert/strict'
import test from 'node:test'
import { seconds } from '../core/time/duration.ts'
import { LocalShell } from '../shell/local.ts'
import { mounts } from './mounts.ts'

test('what is mounted on this computer is told, beside the net around a shell that only looks', async () => {
  await using shell = new LocalShell()
  const command = mounts.command(undefined)
  const found = mounts.parse(await shell.run(command, { attempt: seconds(10) }), undefined)
  assert.equal(found.filter(({ point }) => point === '/').length, 1)
  assert.equal(found.find(({ point }) => point === '/proc')?.type, 'proc')
  assert.equal(command.unconfined, true)
})

test('the last on a point counts, its octal letters are read, and `ro` is a word of its own', () => {
  const lines = ['a / ext4 ro 0 0', 'b / ext4 rw,errors=remount-ro 0 0', 'c /a\\040b\\134 xfs nodev,ro 0 0']
  const told = (stdout: string, exitCode = 0) =>
    mounts.parse({ exitCode, stdout: Buffer.from(stdout), stderr: Buffer.from('') }, undefined)
  assert.deepEqual(told(`${lines.join('\n')}\n`), [
    { point: '/', type: 'ext4', readOnly: false },
    { point: '/a b\\', type: 'xfs', readOnly: true },
  ])
  assert.throws(() => told(''), /The mounts could not be read/)
  assert.throws(() => told('a / ext4 rw 0 0\n', 1), /The mounts could not be read/)
})
