import assert from 'node:assert/strict'
import test from 'node:test'
import { findErrorLine } from './journal-hint.ts'

const JOURNAL = `[    8.101] web systemd[1]: Starting nginx.service - Nginx...
[    9.312] web nginx[812]: nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)
[    9.350] web systemd[1]: nginx.service: Main process exited, code=exited, status=1/FAILURE
[    9.351] web systemd[1]: nginx.service: Failed with result 'exit-code'.
`

test('the line that tells what is wrong is found among those of systemd', () => {
  assert.equal(
    findErrorLine(JOURNAL),
    'nginx[812]: nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)',
  )
})

test('a journal without trouble has no telling line', () => {
  assert.equal(findErrorLine('[    8.101] web systemd[1]: Started nginx.service.\n'), undefined)
})
