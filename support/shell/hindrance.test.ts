import assert from 'node:assert/strict'
import test from 'node:test'
import type { Command, CommandResult } from '../core/command.ts'
import { seconds } from '../core/time/duration.ts'
import { hearingRefusals, withHindrance } from './hindrance.ts'
import type { Shell } from './shell.ts'

const result = (exitCode: number, stderr: string): CommandResult => ({
  exitCode,
  stdout: Buffer.from('0\n'),
  stderr: Buffer.from(stderr),
})
const lineOf = (stderr: string, exitCode = 1) => withHindrance(result(exitCode, stderr), 'net').hindered?.line

test('what is refused by words that a restraint may have caused is marked, at any exit code, and nothing else', () => {
  assert.equal(lineOf('a\nrm: x: Read-only file system\nb'), 'rm: x: Read-only file system')
  assert.equal(lineOf('mount: permission denied.'), 'mount: permission denied.')
  assert.equal(lineOf('ip: Operation not permitted'), 'ip: Operation not permitted')
  assert.equal(lineOf('cat: x: Operation not permitted', 0), 'cat: x: Operation not permitted')
  assert.equal(lineOf('No such file or directory'), undefined)
  assert.equal(lineOf(''), undefined)
})

test('so it is behind whatever was said before, and of a line without an end a part is told', () => {
  assert.equal(lineOf(`${'warning: x\n'.repeat(500_000)}cat: x: Permission denied`), 'cat: x: Permission denied')
  assert.ok((lineOf(`${'x'.repeat(1e6)} Permission denied ${'x'.repeat(1e6)}`)?.length ?? 0) < 1000)
})

test("where nothing restrains a command its words are the machine's", () => {
  assert.equal(withHindrance(result(1, 'x: Permission denied'), undefined).hindered, undefined)
})

function hearing(restraint: 'net' | 'user' | undefined, refusesShown = true) {
  const sent: string[] = []
  const shell: Shell = {
    transport: 'fake',
    run: async ({ script }) => {
      sent.push(script)
      return withHindrance(result(0, script === 'shown' && refusesShown ? 'x: Permission denied' : ''), restraint)
    },
    [Symbol.asyncDispose]: async () => {},
  }
  const heard = hearingRefusals(shell, () => restraint)
  return { sent, run: (command: Command) => heard.run(command, { attempt: seconds(1) }) }
}
const hiding: Command = { script: 'hiding', hides: { shown: 'shown' } }

test('a look that hides its standard error is run once more with nothing hidden, and says its own', async () => {
  for (const by of ['net', 'user'] as const) {
    const { sent, run } = hearing(by)
    assert.deepEqual(await run(hiding), { ...result(0, ''), hindered: { by, line: 'x: Permission denied' } })
    assert.deepEqual(sent, ['hiding', 'shown'])
  }
})

test('one that was refused nothing then says what it says', async () => {
  assert.deepEqual(await hearing('net', false).run(hiding), result(0, ''))
})

test('one that hides it where it cannot be heard may have been refused something', async () => {
  const { hindered } = await hearing('user').run({ script: 'sh -c "x 2>/dev/null"', hides: {} })
  assert.match(hindered?.line ?? '', /thrown away inside of it: whether it was refused something cannot be told/)
})

test('nothing is run twice where nothing restrains it, or nothing is hidden', async () => {
  const free = hearing(undefined)
  await free.run(hiding)
  const open = hearing('net')
  await open.run({ script: 'open' })
  assert.deepEqual([...free.sent, ...open.sent], ['hiding', 'open'])
})
