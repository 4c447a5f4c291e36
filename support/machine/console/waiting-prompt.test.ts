import assert from 'node:assert/strict'
import test from 'node:test'
import { answerIt, waitingPrompt } from './waiting-prompt.ts'

for (const line of [
  'Please enter passphrase for disk cryptroot: (press TAB for no echo)',
  'Please enter passphrase for disk cryptroot: ****',
  '🔐 Please enter passphrase for disk root:',
  'Passphrase for /dev/disk/by-uuid/1234: ',
  "Enter passphrase for 'rpool/root':",
  'Please enter LUKS2 token PIN:',
  'Continue? [y/N]',
])
  test(`it waits for a person: ${line}`, () => assert.equal(waitingPrompt(`[ 1.0] early\n${line}`), line.trim()))

for (const text of [
  't14 login: ',
  '[  OK  ] Started Forward Password Requests to Wall.',
  'Password: \n[ 3.0] usb 1-1: new',
  '',
])
  test(`it does not: ${JSON.stringify(text)}`, () => assert.equal(waitingPrompt(text), undefined))

const asked = 'Please enter passphrase for disk vault: (press TAB for no echo)'

test('who has not answered is told how', () =>
  assert.match(
    answerIt(asked, [{ prompt: 'GRUB', typed: 'x' }]),
    /Given the console prompt "Please enter passphrase for disk vault" is answered with the secret/,
  ))

test('who has answered in vain is told what was of no use', () => {
  assert.match(
    answerIt(asked, [{ prompt: 'disk vault', secret: 'VAULT' }]),
    /asks again: is what VAULT holds the right/,
  )
  assert.match(
    answerIt(asked, [{ prompt: 'disk vault', typed: 'x' }]),
    /what is typed at "disk vault" was not the answer/,
  )
})
