import assert from 'node:assert/strict'
import test from 'node:test'
import { summaryOf } from './summary.ts'
import { device, target } from './testing/facts.ts'

test('a target in a line, of what is known', () => {
  const at = { address: 'root@192.0.2.4', looked: '2026-12-01T12:00:00Z' }
  const facts = target({
    os: { id: 'debian', idLike: [], name: 'Debian GNU/Linux 12' },
    dmi: { vendor: 'Hetzner', product: 'vServer' },
    firmware: { is: 'BIOS' },
    disks: [device('/dev/sda'), device('/dev/sr0', { type: 'rom' }), device('/dev/sdb', { size: 0 })],
  })
  assert.equal(
    summaryOf({ ...at, facts, hostKey: { type: 'ssh-ed25519', fingerprint: 'SHA256:a' } }),
    'The target root@192.0.2.4 was looked at, SHA256:a: Debian GNU/Linux 12; Hetzner vServer; BIOS; /dev/sda (256 GB)',
  )
  assert.equal(summaryOf({ ...at, facts: target({}) }), 'The target root@192.0.2.4 was looked at')
})
