import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken, ExpectationNotMet } from '../core/errors.ts'
import { seconds } from '../core/time/duration.ts'
import { LocalShell } from '../shell/local.ts'
import { mountedDisks, refuseMissingDisks } from './mounted-disks.ts'

const said = (stdout: string, exitCode = 0) => ({ stdout: Buffer.from(stdout), stderr: Buffer.alloc(0), exitCode })

/** A computer that is no container, whatever runs this test. */
async function looked(fstab: string | undefined) {
  const system = mkdtempSync(join(tmpdir(), 'system-'))
  mkdirSync(join(system, 'etc'))
  if (fstab !== undefined) writeFileSync(join(system, 'etc/fstab'), fstab)
  await using shell = new LocalShell()
  try {
    const { script } = mountedDisks(system)
    return await shell.run({ script: `systemd-detect-virt() { return 1; }\n${script}` }, { attempt: seconds(10) })
  } finally {
    rmSync(system, { recursive: true })
  }
}

test('disks that are there, and what is none, hinder nothing', async () => {
  const table = `# made by NixOS
/dev/null / ext4 defaults 0 1
/dev/no-such /mnt ext4 defaults,nofail 0 2
/dev/no-such /slow ext4 noauto 0 2
tmpfs /tmp tmpfs size=1G 0 0
nas:/films /films nfs defaults 0 0
/persist/etc /etc/nixos none bind 0 0
`
  refuseMissingDisks('S', await looked(table))
})

for (const [device, shown] of [
  ['/dev/no-such', '/dev/no-such at /'],
  ['UUID=aaaa-bbbb', 'UUID=aaaa-bbbb at /'],
  ['PARTLABEL=disk-main-root', 'PARTLABEL=disk-main-root at /'],
])
  test(`a computer without ${device} is not switched`, async () => {
    const result = await looked(`/dev/null /boot vfat defaults 0 2\n${device} / ext4 defaults 0 1\n`)
    assert.throws(
      () => refuseMissingDisks('S', result),
      (error: Error) => error instanceof ExpectationNotMet && error.message.includes(shown ?? ''),
    )
  })

test('what cannot be told is neither', async () => {
  const unread = await looked(undefined)
  for (const answer of [unread, said(''), said('there /dev/a /\n'), said('container\nend\nmore'), said('', 127)])
    assert.throws(() => refuseMissingDisks('S', answer), EnvironmentBroken)
  assert.doesNotThrow(() => refuseMissingDisks('S', said('container\n')))
})
