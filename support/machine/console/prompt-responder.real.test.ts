import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { ConfigurationBroken, UsageError } from '../../core/errors.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { seconds } from '../../core/time/duration.ts'
import type { PromptAnswer } from '../prompt-answer.ts'
import { bootContextForTests } from '../testing/boot-context.ts'
import { oneSectorGuest } from '../testing/one-sector-guest.ts'
import { until } from '../testing/processes.ts'
import { bootQemu } from '../vm/boot.ts'
import { serialKey } from './serial-keys.ts'

const SECRET = 'correct horse battery'
process.env.NIXCUMBER_TEST_PASSPHRASE = SECRET
/** The guest gives back what is typed: the passphrase, which is seen masked, and then the word that it is ready. */
const answers: readonly PromptAnswer[] = [
  { prompt: 'Please enter passphrase', secret: 'NIXCUMBER_TEST_PASSPHRASE' },
  { prompt: '******', typed: 'login: ' },
]
const text = 'Please enter passphrase for disk root: '

test('a prompt is answered before the machine is ready, at each boot, and the secret is nowhere to be seen', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 't14', text, answers }), context)
  const { console } = machine
  assert.match(console.transcript, /for disk root: \*{6}\r?login: $/)
  await machine.power('reset', Deadline.after(seconds(20)))
  assert.equal(console.transcript.match(/\*{6}/g)?.length, 2)
  assert.ok(await until(() => readFileSync(console.transcriptFile, 'utf8').match(/\*{6}/g)?.length === 2))
  assert.ok(!readFileSync(console.transcriptFile, 'utf8').includes('horse'))
})

test('a prompt without an answer is told in the first line, with what to say', async () => {
  await using context = bootContextForTests(seconds(2))
  await assert.rejects(bootQemu(oneSectorGuest({ name: 't14', text }), context), (error: Error) => {
    assert.ok(error instanceof ConfigurationBroken)
    assert.match(
      error.message,
      /^Machine "t14" was not ready within 2 s: its console asks: Please enter passphrase for disk root:\n/,
    )
    assert.match(
      error.message,
      /Given the console prompt "Please enter passphrase for disk root" is answered with the secret/,
    )
    return true
  })
})

test('a passphrase that is asked for again and again is not typed for ever', async () => {
  await using context = bootContextForTests(seconds(4))
  // what is typed is itself the question
  const again: readonly PromptAnswer[] = [{ prompt: 'Passphrase:', typed: '\r\nPassphrase:' }]
  await assert.rejects(
    bootQemu(oneSectorGuest({ name: 't14', text: 'Passphrase:', answers: again }), context),
    (error: Error) => error.message.match(/ {10,}Passphrase:|Console +Passphrase:/g)?.length === 4,
  )
})

test('a secret that is not set is refused before anything is started', async () => {
  await using context = bootContextForTests()
  const missing: readonly PromptAnswer[] = [{ prompt: 'Please', secret: 'NO_SUCH_VARIABLE' }]
  await assert.rejects(
    bootQemu(oneSectorGuest({ name: 't14', answers: missing }), context),
    (error: Error) => error instanceof UsageError && /^The secret "NO_SUCH_VARIABLE" is not set\n/.test(error.message),
  )
})

test('keys are pressed at a boot menu', async () => {
  await using context = bootContextForTests()
  const menu: readonly PromptAnswer[] = [
    { prompt: 'Choose a generation', typed: serialKey('down') + serialKey('!') },
    { prompt: '!', typed: 'login: ' },
  ]
  await using machine = await bootQemu(
    oneSectorGuest({ name: 't14', text: 'Choose a generation\r\n', answers: menu }),
    context,
  )
  assert.ok(machine.console.transcript.includes('\u001b[B!login: '))
})
