import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { storage } from './storage.ts'

test('this computer tells what is mounted, what is swap, and where names lead', async () => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'storage-'))
  try {
    symlinkSync('/dev/null', join(folder, 'link'))
    const query = { subject: 'this computer', paths: [join(folder, 'link'), join(folder, 'none', 'below')] }
    await using shell = new LocalShell()
    const facts = storage.parse(await shell.run(storage.command(query), { attempt: seconds(20) }), query)
    const mounted = facts.mounts.map(({ point }) => point)
    assert.ok(
      ['/', '/proc'].every(point => mounted.includes(point)),
      mounted.join(' '),
    )
    assert.equal(facts.swaps.length, readFileSync('/proc/swaps', 'utf8').trim().split('\n').length - 1)
    assert.deepEqual([...facts.links.values()], ['/dev/null', join(folder, 'none', 'below')])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
