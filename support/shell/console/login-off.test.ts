import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duplex } from 'node:stream'
import test from 'node:test'
import { StreamConsole } from '../../console/stream-console.ts'
import { argv } from '../../core/command.ts'
import { ConnectionLost } from '../../core/errors.ts'
import { FakeClock } from '../../core/time/clock.ts'
import { minutes, seconds } from '../../core/time/duration.ts'
import { ConsoleShell } from '../console-login.ts'

/** A console with nothing at its other end. */
async function loginAt(isOff: () => boolean) {
  const transcriptFile = join(tmpdir(), `nixcumber-off-${process.pid}.log`)
  const stream = new Duplex({ read: () => {}, write: (_bytes, _encoding, done) => done() })
  const console = new StreamConsole({ stream, transcriptFile })
  const clock = new FakeClock()
  const shell = ConsoleShell.open({ console, login: { user: 'root' }, loginBudget: minutes(1), clock, isOff })
  try {
    const start = clock.now()
    const error = await shell.run(argv('true'), { attempt: seconds(20) }).catch((error: Error) => error)
    return { error, seconds: (clock.now() - start) / 1000 }
  } finally {
    await shell[Symbol.asyncDispose]()
    await console[Symbol.asyncDispose]()
    for (const file of [transcriptFile, `${transcriptFile}.times`]) rmSync(file, { force: true })
  }
}

test('a console that is silent is waited for as long as a login may take', async () => {
  const { error, seconds } = await loginAt(() => false)
  assert.match(String(error), /No login appeared on the console within 60 s/)
  assert.ok(seconds >= 60, `${seconds} s`)
})

test('one whose machine is off is not waited for', async () => {
  const { error, seconds } = await loginAt(() => true)
  assert.ok(error instanceof ConnectionLost)
  assert.match(error.message, /the machine is off/)
  assert.ok(seconds < 1, `${seconds} s`)
})

test('nor is one whose machine goes off while the login is under way', async () => {
  let looks = 0
  const { error, seconds } = await loginAt(() => ++looks > 5)
  assert.match(String(error), /the machine is off/)
  assert.ok(seconds < 10, `${seconds} s`)
})
