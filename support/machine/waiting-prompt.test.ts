import assert from 'node:assert/strict'
import test from 'node:test'
import { waitingPrompt } from './waiting-prompt.ts'

for (const line of [
  'Please enter passphrase for disk cryptroot: (press TAB for no echo)',
  'Please enter passphrase for disk cryptroot: ****',
  '🔐 Please enter passphrase for disk root:',
  'Passphrase for /dev/disk/by-uuid/1234: ',
  "Enter passphrase for 'rpool/root':",
  'Please enter LUKS2 token PIN:',
  'Continue? [y/N]',
])
  test(`it waits for somebody: ${line}`, () => assert.equal(waitingPrompt(`[ 1.0] early\n${line}`), line.trim()))

for (const text of [
  't14 login: ',
  '[  OK  ] Started Forward Password Requests to Wall.',
  'Password: \n[ 3.0] usb 1-1: new',
  '',
])
  test(`it does not: ${JSON.stringify(text)}`, () => assert.equal(waitingPrompt(text), undefined))
