import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import test from 'node:test'
import { UsageError } from '../core/errors.ts'
import { confirm, confirmationPage, type Deed, refuseUnconfirmed } from './confirm.ts'

const DEED: Deed = {
  host: 't14',
  how: 'switch',
  address: 'root@192.0.2.4:22',
  fingerprint: 'SHA256:abc',
  rehearsal: false,
  details: { 'Runs now': '/nix/store/old', 'Will run': '/nix/store/new', Disk: undefined },
}

/** What is typed when it is asked for, by a person at a terminal or into a pipe. */
function typing(text: string, isTTY: boolean) {
  const shown: string[] = []
  const input: PassThrough & { isTTY?: boolean } = Object.assign(new PassThrough(), { isTTY })
  const show = (line: string): void => {
    shown.push(line)
    if (line.startsWith('Type the name')) input.end(text)
  }
  return { shown, input, answering: { input, show } }
}

test('the page says host, address, key, and what will be done', () => {
  const page = confirmationPage(DEED)
  assert.match(page, /^switch t14 on root@192\.0\.2\.4:22\n/)
  for (const word of ['t14', 'root@192.0.2.4:22', 'SHA256:abc', '/nix/store/old', '/nix/store/new'])
    assert.ok(page.includes(word), page)
  assert.doesNotMatch(page, /Disk|REHEARSAL/)
  assert.match(confirmationPage({ ...DEED, rehearsal: true }), /^REHEARSAL, with offline inputs {2}switch t14/)
})

test('the name is typed, or given', async () => {
  const { shown, answering } = typing('t14\n', true)
  await confirm(DEED, answering)
  assert.match(shown.join('\n'), /switch t14 on [\s\S]*Type the name of the host to go on \(t14\):/)
  const given = typing('', false)
  await confirm(DEED, { ...given.answering, yes: 't14' })
  assert.match(given.shown.join('\n'), /switch t14 on/)
})

for (const [what, typed, isTTY, yes, words] of [
  ['another name', 't15\n', true, undefined, /Expected +t14\n +Got +t15/],
  ['y', 'y\n', true, undefined, /Got +y/],
  ['nothing', '\n', true, undefined, /Got +nothing/],
  ['the end of the input', '', true, undefined, /Got +nothing/],
  ['blanks around the name', ' t14\n', true, undefined, /nothing was changed/],
  ['another name by --yes', 't14\n', true, 't15', /Expected +t14\n +Got +t15/],
  ['an empty --yes', 't14\n', true, '', /Got +nothing/],
  ['the name in a pipe', 't14\n', false, undefined, /cannot be typed[\s\S]*or --yes t14/],
] as const)
  test(`no confirmation: ${what}`, async () => {
    const { answering } = typing(typed, isTTY)
    const asked = { ...answering, ...(yes === undefined ? {} : { yes }) }
    await assert.rejects(
      confirm(DEED, asked),
      (error: unknown) => error instanceof UsageError && words.test(error.message),
    )
  })

test('no confirmation: what was typed before it was asked for', async () => {
  const { input, answering } = typing('', true)
  input.write('t14\n')
  await assert.rejects(confirm(DEED, answering), /Got +nothing/)
  const gone = typing('', true)
  gone.input.end('t14\n')
  await assert.rejects(confirm(DEED, gone.answering), /Got +nothing/)
})

test('what cannot be confirmed is refused before anything is shown', () => {
  const { answering } = typing('', false)
  assert.throws(() => refuseUnconfirmed('t14', answering), UsageError)
  assert.throws(() => refuseUnconfirmed('t14', { ...answering, yes: 't15' }), UsageError)
  refuseUnconfirmed('t14', { ...answering, yes: 't14' })
})
