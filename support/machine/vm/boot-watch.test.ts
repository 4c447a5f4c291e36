import assert from 'node:assert/strict'
import test from 'node:test'
import { FakeClock } from '../../core/time/clock.ts'
import { type Duration, seconds } from '../../core/time/duration.ts'
import { unanswered } from './boot-watch.ts'

/** A console that prints at given seconds; looked at until the end of the time. */
async function watched(printed: Readonly<Record<number, string>>, until = 300): Promise<string> {
  let say = (_text: string): void => {}
  const line = {
    listen(listener: (text: string) => void) {
      say = listener
      return () => {}
    },
  }
  const over = new AbortController()
  const clock = new (class extends FakeClock {
    override async wait(duration: Duration, signal?: AbortSignal): Promise<void> {
      await super.wait(duration, signal)
      const text = printed[this.now() / 1000]
      if (text !== undefined) say(text)
      if (this.now() > seconds(until).ms) over.abort()
    }
  })()
  return unanswered(line, over.signal, clock).then(
    ({ what }) => `after ${clock.now() / 1000} s: ${what}`,
    () => 'waited on',
  )
}

test('a machine that asks, and gets no answer, is not waited for until the end', async () =>
  assert.equal(
    await watched({ 5: 'Please enter passphrase ', 6: 'for disk root: ' }),
    'after 96 s: waits for an answer at its console: Please enter passphrase for disk root:',
  ))

test('one that was answered, asks for a login, or is merely silent, is waited for', async () => {
  assert.equal(
    await watched({ 5: 'Please enter passphrase for disk root: ', 30: '***\r\n[ 30.0] EXT4-fs' }),
    'waited on',
  )
  assert.equal(await watched({ 5: 't14 login: ' }), 'waited on')
  assert.equal(await watched({ 5: '[ 5.0] Linux' }), 'waited on')
})
