import assert from 'node:assert/strict'
import test from 'node:test'
import { argv } from '../../core/command.ts'
import { ConnectionLost } from '../../core/errors.ts'
import { seconds } from '../../core/time/duration.ts'
import { FakeShell } from '../../shell/fake.ts'
import type { QemuEnd } from '../qemu/process.ts'
import { whileRunning } from './while-running.ts'

const command = argv('true')
const limits = { attempt: seconds(60) }

/** A machine that is ended by the test. */
function machine() {
  let end: QemuEnd | undefined
  const listeners = new Set<() => void>()
  return {
    get qemuEnd() {
      return end
    },
    onExit(listener: () => void) {
      listeners.add(listener)
      if (end) listener()
      return () => listeners.delete(listener)
    },
    stop(how: QemuEnd) {
      end = how
      for (const listener of [...listeners]) listener()
    },
    listeners,
  }
}

test('while the machine runs its shell answers, and nothing is left listening', async () => {
  const running = machine()
  const shell = whileRunning(new FakeShell(() => ({ stdout: 'yes' })), running)
  assert.equal((await shell.run(command, limits)).stdout.toString(), 'yes')
  assert.equal(running.listeners.size, 0)
})

const ENDS = [
  [{ by: 'guest', how: 'ended with 0' }, /the machine is off: it has switched itself off/],
  [{ by: 'killed', how: 'killed by SIGKILL' }, /the machine is off: its QEMU was ended/],
  [{ by: 'died', how: 'killed by SIGSEGV' }, /the machine is off: its QEMU was lost: killed by SIGSEGV/],
] as const

for (const [end, words] of ENDS)
  test(`a command is given up when its machine ends, and not begun after (${end.by})`, async () => {
    const running = machine()
    const signals: (AbortSignal | undefined)[] = []
    const silent = new FakeShell((_, { signal }) => {
      signals.push(signal)
      return new Promise(() => {})
    })
    const shell = whileRunning(silent, running)
    const lost = (error: Error): boolean => error instanceof ConnectionLost && words.test(error.message)
    const asked = shell.run(command, limits)
    running.stop(end)
    await assert.rejects(asked, lost)
    assert.equal(signals[0]?.aborted, true)
    await assert.rejects(shell.run(command, limits), lost)
    assert.equal(silent.commands.length, 1)
  })

test('what else ends a command still does', async () => {
  const given = new AbortController()
  const shell = whileRunning(new FakeShell(() => new Promise(() => {})), machine())
  const asked = shell.run(command, { ...limits, signal: given.signal })
  given.abort(new Error('given up'))
  await assert.rejects(asked, /given up/)
})
