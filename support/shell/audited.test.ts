import assert from 'node:assert/strict'
import test from 'node:test'
import { argv } from '../core/command.ts'
import { ConnectionLost } from '../core/errors.ts'
import { seconds } from '../core/time/duration.ts'
import { audited, type Done, type Sent } from './audited.ts'
import type { Shell } from './shell.ts'

const limits = { attempt: seconds(1), from: 'features/web.feature:3', stdin: Buffer.from('secret') }

function told(run: Shell['run']) {
  const words: (Sent | Done)[] = []
  const shell = { transport: 'ssh', run, [Symbol.asyncDispose]: async () => {} } as Shell
  const who = () => ({ user: 'deploy', sudo: true })
  return { words, shell: audited(shell, { machine: 'web1', who, tell: word => words.push(word) }) }
}

test('a command is told before it goes, and again when it is over; what it was given is not', async () => {
  let before = 0
  const { words, shell } = told(async () => {
    before = words.length
    return { exitCode: 3, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) }
  })
  await shell.run(argv('id', '-u'), limits)
  assert.equal(before, 1)
  const [sent, done] = words as [Sent, Done]
  assert.deepEqual(
    [sent.machine, sent.user, sent.from, sent.script],
    ['web1', 'deploy', 'features/web.feature:3', 'id -u'],
  )
  assert.deepEqual([done.id, done.sudo, done.exitCode], [sent.id, true, 3])
  assert.doesNotMatch(JSON.stringify(words), /secret/)
})

test('one that got no answer is told with the reason', async () => {
  const { words, shell } = told(async () => {
    throw new ConnectionLost('the connection was closed\n\n  Waited 3 s')
  })
  await assert.rejects(shell.run(argv('id'), limits), ConnectionLost)
  assert.equal((words[1] as Done).error, 'the connection was closed')
})
