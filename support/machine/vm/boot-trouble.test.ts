import assert from 'node:assert/strict'
import test from 'node:test'
import { findBootTrouble } from './boot-trouble.ts'

const signs: readonly [string, string][] = [
  ['[    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\r\n', 'panicked'],
  ['You are in emergency mode. After logging in, type "journalctl -xb"', 'ended in emergency mode'],
  ['\r\nAn error occurred in stage 1 of the boot process, which must mount the\r\n', 'stopped in stage 1'],
  ['\r\n(initramfs) ', 'stopped in its initrd'],
  ['No bootable device.', 'found nothing to boot from'],
]
for (const [text, what] of signs)
  test(`"${text.trim()}" is a machine that ${what}`, () =>
    assert.ok(findBootTrouble(`[    0.0] Linux version\r\n${text}`)?.what.startsWith(what)))

test('the first trouble is told, not its consequences', () =>
  assert.equal(
    findBootTrouble('You are in emergency mode.\nKernel panic - not syncing: Attempted to kill init!')?.what,
    'ended in emergency mode',
  ))

for (const text of [
  '',
  't14 login: ',
  '[    0.1] Kernel command line: panic=1 boot.panic_on_fail systemd.unit=multi-user.target',
  'Loading, please wait... emergency.service is masked',
])
  test(`no trouble in ${JSON.stringify(text)}`, () => assert.equal(findBootTrouble(text), undefined))
