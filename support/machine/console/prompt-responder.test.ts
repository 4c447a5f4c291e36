import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duplex } from 'node:stream'
import test from 'node:test'
import { StreamConsole } from '../../console/stream-console.ts'
import { systemClock } from '../../core/time/clock.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Secret } from '../prompt-answer.ts'
import { PromptResponder } from './prompt-responder.ts'

process.env.NIXCUMBER_TEST_REFUSED = 'correct horse'
const answer: Secret = { prompt: 'Passphrase:', secret: 'NIXCUMBER_TEST_REFUSED' }

/** A machine that asks again whatever is typed, up to twelve times. */
async function asks(before = '') {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-prompt-'))
  const typed: string[] = []
  const stream = new Duplex({
    read: () => {},
    write(bytes: Buffer, _encoding, done) {
      typed.push(bytes.toString())
      if (typed.length < 12) this.push('\r\nPassphrase:')
      done()
    },
  })
  const console = new StreamConsole({ stream, transcriptFile: join(folder, 'console.log'), before })
  const refused: string[] = []
  const onRefused = ({ secret }: Secret): void => void refused.push(secret)
  const responder = new PromptResponder([answer], console, { bootedAt: () => 0, heard: console.position, onRefused })
  if (before === '') stream.push('Passphrase:')
  await systemClock.wait(seconds(2.5))
  await console[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
  return { typed, refused, unasked: responder.unasked.map(({ prompt }) => prompt) }
}

test('a passphrase that is refused is typed three times, and told once', async () => {
  const { typed, refused, unasked } = await asks()
  assert.deepEqual(unasked, [])
  assert.deepEqual(typed, Array(3).fill('correct horse\r'))
  assert.deepEqual(refused, ['NIXCUMBER_TEST_REFUSED'])
})

test('what an earlier run was asked is not answered again where its machine goes on', async () => {
  const { typed, unasked } = await asks('Passphrase:\r\nlogin: ')
  assert.deepEqual([typed, unasked], [[], ['Passphrase:']])
})
