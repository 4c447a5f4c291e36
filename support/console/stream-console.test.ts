import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duplex, PassThrough } from 'node:stream'
import test, { after } from 'node:test'
import { ConnectionLost, ExpectationNotMet } from '../core/errors.ts'
import { Deadline } from '../core/time/deadline.ts'
import { milliseconds, seconds } from '../core/time/duration.ts'
import { StreamConsole } from './stream-console.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-console-'))
after(() => rmSync(scratch, { recursive: true }))

const soon = () => Deadline.after(seconds(5))

async function consoleOf(doublesCtrlA = false) {
  const printed = new PassThrough()
  const typed = new PassThrough()
  const stream = Duplex.from({ readable: printed, writable: typed })
  const transcriptFile = join(await mkdtemp(join(scratch, 'c')), 'console.log')
  return { console: new StreamConsole({ stream, transcriptFile, doublesCtrlA }), printed, typed, transcriptFile }
}

test('text that was printed before is found, and text that comes later is waited for', async () => {
  const { console, printed } = await consoleOf()
  printed.write('Welcome\r\n')
  await console.expect(/Welcome\n/, soon())
  const later = console.expect(/t14 login: $/, soon())
  printed.write('t14 lo')
  printed.write('gin: ')
  assert.equal((await later)[0], 't14 login: ')
})

test('what came before the given position does not match', async () => {
  const { console, printed } = await consoleOf()
  printed.write('login:')
  await console.expect(/login:/, soon())
  await assert.rejects(console.expect(/login:/, Deadline.after(milliseconds(20)), console.position), ExpectationNotMet)
})

test('colours, titles and bracketed paste do not stand between the words, even when cut in the middle', async () => {
  const { console, printed } = await consoleOf()
  for (const piece of [
    '\u001b[?20',
    '04h\u001b]0;root@nixos: ~',
    '\u0007\u001b[1;31m[root@nixos:~]#\u001b',
    '[0m \u001b[K',
  ])
    printed.write(piece)
  await console.expect(/^\[root@nixos:~\]# $/, soon())
})

test('the file holds every byte, and the side file when it came', async () => {
  const { console, printed, transcriptFile } = await consoleOf()
  printed.write(Buffer.from([0xff, 0x41, 0x0d, 0x0a]))
  printed.write('ü')
  await console.expect(/ü/, soon())
  await console[Symbol.asyncDispose]()
  assert.deepEqual(await readFile(transcriptFile), Buffer.from([0xff, 0x41, 0x0d, 0x0a, 0xc3, 0xbc]))
  assert.match(await readFile(`${transcriptFile}.times`, 'utf8'), /^(\d+\.\d{6} \d\n)+$/)
})

test('a character cut in two between pieces is one character', async () => {
  const { console, printed } = await consoleOf()
  printed.write(Buffer.from([0xc3]))
  printed.write(Buffer.from([0xbc]))
  await console.expect(/^ü$/, soon())
})

test('a deadline says what was shown instead', async () => {
  const { console, printed } = await consoleOf()
  printed.write('Kernel panic - not syncing\r\n')
  await assert.rejects(console.expect(/login:/, Deadline.after(milliseconds(30))), (error: Error) => {
    assert.ok(error instanceof ExpectationNotMet)
    assert.match(error.message, /^The console did not show login: within 30 ms\n\n {2}Observed +Kernel panic/)
    return true
  })
})

test('a console that closes ends the wait at once', async () => {
  const { console, printed } = await consoleOf()
  const waiting = assert.rejects(console.expect(/login:/, soon()), ConnectionLost)
  printed.end()
  await waiting
  await assert.rejects(console.send('x'), ConnectionLost)
})

test('Ctrl-A is doubled where the monitor shares the line, and only there', async () => {
  for (const [doubles, wanted] of [
    [true, '\u0001\u0001c'],
    [false, '\u0001c'],
  ] as const) {
    const { console, typed } = await consoleOf(doubles)
    await console.send('\u0001c')
    assert.equal(typed.read().toString(), wanted)
  }
})

test('a flood is kept whole on disk and bounded in memory, and what follows is still found', async () => {
  const { console, printed, transcriptFile } = await consoleOf()
  const line = `${'x'.repeat(999)}\n`
  for (let i = 0; i < 12; i++) printed.write(line.repeat(1000))
  const found = console.expect(/the end/, soon())
  printed.write('the end')
  await found
  assert.ok(console.transcript.length < 8_000_001)
  assert.equal(console.position, 12_000_007)
  await console[Symbol.asyncDispose]()
  assert.equal((await readFile(transcriptFile)).length, 12_000_007)
})
