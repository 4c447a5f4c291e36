import assert from 'node:assert/strict'
import test from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import type { Clock } from '../../core/time/clock.ts'
import { type Duration, seconds } from '../../core/time/duration.ts'
import { Terminal, type TerminalStream } from './terminal.ts'

const ERASE = '\r\u001b[2K'

/** Takes what is written as a terminal would show it: the lines, and the status line below them. */
class Screen implements TerminalStream {
  readonly isTTY: boolean
  readonly columns?: number
  written = ''

  constructor(isTTY: boolean, columns?: number) {
    this.isTTY = isTTY
    if (columns !== undefined) this.columns = columns
  }

  write(text: string): void {
    this.written += text
  }

  get lines(): string[] {
    const shown = this.written.split('\n').map(line => line.split(ERASE).at(-1) ?? '')
    return shown.map(stripVTControlCharacters)
  }
}

/** Time stands still until it is moved; then what waits goes on. */
class StillClock implements Clock {
  #now = 0
  #waiting: (() => void)[] = []
  waits = 0

  now = (): number => this.#now

  wait(_: Duration, signal?: AbortSignal): Promise<void> {
    this.waits++
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve)
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  }

  async move({ ms }: Duration): Promise<void> {
    this.#now += ms
    for (const go of this.#waiting.splice(0)) go()
    await new Promise(resolve => setImmediate(resolve))
  }
}

function terminal(isTTY: boolean, columns?: number) {
  const [screen, clock] = [new Screen(isTTY, columns), new StillClock()]
  return { screen, clock, terminal: new Terminal(screen, clock) }
}

test('without a terminal each task is a line when it begins, and one when it ends', async () => {
  const { screen, clock, terminal: out } = terminal(false)
  const task = out.start('boot web')
  task.update('half')
  await clock.move(seconds(3))
  task.done('ready')
  task.done('twice')
  out.note('look')
  out.watch('quiet').done()
  out.close()
  assert.deepEqual(screen.lines, ['… boot web', '· boot web: ready  3 s', '! look', ''])
  assert.equal(clock.waits, 0)
})

test('on a terminal what goes on is the status line, which moves with the time', async () => {
  const { screen, clock, terminal: out } = terminal(true)
  const task = out.start('boot web')
  assert.deepEqual(screen.lines, ['  boot web'])
  await clock.move(seconds(2))
  assert.deepEqual(screen.lines, ['  boot web  2 s'])
  task.update('reading\n  the disk')
  assert.deepEqual(screen.lines, ['  boot web  reading the disk  2 s'])
  out.line('a line')
  assert.deepEqual(screen.lines, ['a line', '  boot web  reading the disk  2 s'])
  task.done()
  assert.deepEqual(screen.lines, ['a line', '· boot web  2 s', ''])
})

test('of several tasks the newest is shown, and time ticks once for all of them, again after a pause', async () => {
  const { screen, clock, terminal: out } = terminal(true)
  const first = out.start('first')
  const second = out.watch('second')
  assert.equal(clock.waits, 1)
  assert.deepEqual(screen.lines, ['  second'])
  second.done()
  assert.deepEqual(screen.lines, ['  first'])
  first.done()
  await clock.move(seconds(1))
  assert.equal(clock.waits, 1)
  out.start('third')
  assert.equal(clock.waits, 2)
  await clock.move(seconds(1))
  assert.equal(screen.lines.at(-1), '  third  1 s')
})

test('while the user reads nothing moves, and after the end there is no status line', async () => {
  const { screen, clock, terminal: out } = terminal(true)
  out.start('boot web')
  const held = out.hold()
  await clock.move(seconds(5))
  out.line('asked')
  assert.deepEqual(screen.lines, ['asked', ''])
  held[Symbol.dispose]()
  assert.deepEqual(screen.lines, ['asked', '  boot web  5 s'])
  out.close()
  await clock.move(seconds(5))
  assert.deepEqual(screen.lines, ['asked', ''])
})

test('the status line is as wide as the terminal, and moves no cursor', () => {
  const shown = (what: string, columns?: number) => {
    const { screen, terminal: out } = terminal(true, columns)
    out.start(what)
    return screen.lines
  }
  assert.deepEqual(shown('x'.repeat(17), 20), [`  ${'x'.repeat(17)}`])
  assert.deepEqual(shown('x'.repeat(18), 20), [`  ${'x'.repeat(16)}…`])
  assert.equal(shown('x'.repeat(200))[0]?.length, 79)
  assert.deepEqual(shown('a\u001b[2Jb'), ['  ab'])
})
