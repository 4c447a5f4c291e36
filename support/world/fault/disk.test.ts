import assert from 'node:assert/strict'
import test from 'node:test'
import { seconds } from '../../core/time/duration.ts'
import { mounts } from '../../probe/mounts.ts'
import { LocalShell } from '../../shell/local.ts'
import { refuseOddMount } from './disk.ts'

const TABLE = `proc /proc proc rw,nosuid 0 0
/dev/vda / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
/dev/vdb /tmp ext4 rw 0 0
/dev/vdc /nix/store erofs ro,relatime 0 0
/dev/vdd /mnt/my\\040disk xfs rw 0 0
`
const all = mounts.parse({ exitCode: 0, stdout: Buffer.from(TABLE), stderr: Buffer.from('') }, undefined)
const refused = (point: string) => () => refuseOddMount({ name: 't14' }, point, all)

test('what is mounted is read, names with blanks too, and the last one on a point hides the others', () => {
  assert.ok(all.some(({ point }) => point === '/mnt/my disk'))
  assert.deepEqual(
    all.filter(({ point }) => point === '/tmp').map(({ type }) => type),
    ['ext4'],
  )
})

test('the mounts of this computer are asked of its kernel: there is a root, and it can be told from others', async () => {
  await using shell = new LocalShell()
  const here = mounts.parse(await shell.run(mounts.command(), { attempt: seconds(10) }), undefined)
  assert.equal(here.filter(({ point }) => point === '/').length, 1)
  assert.ok(here.some(({ point, type }) => point === '/proc' && type === 'proc'))
})

test('a disk that can be written to is taken', () => {
  for (const point of ['/', '/tmp', '/mnt/my disk']) refused(point)()
})

test('what is no mount point, or cannot be written to, is refused with what there is', () => {
  assert.throws(refused('/tpm'), /^UsageError: Nothing is mounted at "\/tpm" on t14\n.*Did you mean +\/tmp\n.*Known/s)
  assert.throws(refused('/nix/store'), /^UsageError: Nothing can be written to "\/nix\/store".*mounted read-only/s)
  assert.throws(refused('/proc'), /^UsageError: Nothing can be written to "\/proc" on t14\n.*a proc\n/s)
})
