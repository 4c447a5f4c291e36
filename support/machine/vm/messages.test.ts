import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Console } from '../../console/console.ts'
import { findBootTrouble } from './boot-trouble.ts'
import { brokenBoot } from './messages.ts'

/** A NixOS whose stage 1 lacked a library: the reason stands before the panic, a screen of registers after it. */
const PANIC = [
  'SeaBIOS (version 1.16.3)',
  ...Array.from({ length: 12 }, (_, i) => `[    1.80000${i}] a driver came up`),
  '/nix/store/r1ij…-extra-utils/bin/ash: error while loading shared libraries: libresolv.so.2: cannot open shared object file',
  '[    1.922855] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00007f00',
  '[    1.924014] CPU: 1 PID: 1 Comm: init Not tainted 5.10.0-32-cloud-amd64 #1',
  '[    1.925291] Call Trace:',
  ...Array.from({ length: 17 }, (_, i) => `[    1.925655] RAX: 00000000000000e${i}`),
  '[    1.925655] ---[ end Kernel panic - not syncing: Attempted to kill init! exitcode=0x00007f00 ]---',
].join('\n')

const told = (transcript: string): string => {
  const trouble = findBootTrouble(transcript)
  assert.ok(trouble)
  const console = { since: () => transcript, transcriptFile: 'box.console.log' } as Partial<Console> as Console
  return brokenBoot({ name: 'box', console, from: 0, answers: [] }, trouble).message
}

test('the console of a machine that panicked shows what led there', () => {
  const message = told(PANIC)
  assert.match(message, /error while loading shared libraries: libresolv/)
  assert.match(message, /Call Trace:/)
  assert.match(message, /… 16 lines after/)
  assert.doesNotMatch(message, /SeaBIOS/)
})

test('what ends in the words of the trouble is shown to its end', () => {
  const message = told(['one', 'two', '[    1.9] Kernel panic - not syncing: no init'].join('\n'))
  assert.match(message, /one\n +two\n +\[ {4}1\.9\] Kernel panic/)
  assert.doesNotMatch(message, /lines? (?:before|after)/)
})

test('a boot that ended in emergency mode names the units that have failed, each once', () => {
  const failed = '[\u001b[0;1;31mFAILED\u001b[0m] Failed to start \u001b[0;1;39mFirewall\u001b[0m.\r\n'
  const depends = '[\u001b[0;1;33mDEPEND\u001b[0m] Dependency failed for \u001b[0;1;39m/data\u001b[0m.\r\n'
  const quiet = Array.from({ length: 30 }, () => '[  OK  ] Reached target Network.\r\n').join('')
  const message = told(`${failed}${failed}${depends}${quiet}You are in emergency mode. After logging in, type\r\n`)
  assert.match(message, /Failed +Failed to start Firewall\.\n +Dependency failed for \/data\.\n +Next/)
})
