/** An answer that never comes to its end. */
import assert from 'node:assert/strict'
import { Duplex } from 'node:stream'
import test from 'node:test'
import { sh } from '../core/command.ts'
import { ConnectionLost } from '../core/errors.ts'
import { type Clock, systemClock } from '../core/time/clock.ts'
import { milliseconds, seconds } from '../core/time/duration.ts'
import { AgentSession } from './agent-session.ts'

/** A hundred seconds in one. */
const FAST: Clock = {
  now: () => systemClock.now() * 100,
  wait: ({ ms }, signal) => systemClock.wait(milliseconds(ms / 100), signal),
}

/** Announces an answer to each command, and says a letter of it ten times a second of that clock. */
function trickling(): Duplex {
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      const id = /run (\d+) /.exec(chunk.toString('latin1'))?.[1]
      if (id !== undefined) this.push(`\x02done ${id} 0 60000000 0\n`)
      done()
    },
  })
  const timer = setInterval(() => stream.push('x'), 1)
  stream.once('close', () => clearInterval(timer))
  return stream
}

test('an answer that trickles ends with the connection', { timeout: 30_000 }, async () => {
  const session = new AgentSession(trickling(), FAST)
  const start = FAST.now()
  await assert.rejects(session.run(sh`echo`, { attempt: seconds(5) }), ConnectionLost)
  assert.ok(session.lost)
  assert.ok(FAST.now() - start > 300_000, 'a large one has its time')
})
