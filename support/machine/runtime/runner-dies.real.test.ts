import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import test from 'node:test'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds } from '../../core/time/duration.ts'
import { listens, processesOf, until } from '../testing/processes.ts'

const RUNNER = join(import.meta.dirname, '../testing/runner.ts')

interface Running {
  readonly runner: ChildProcess
  readonly statePath: string
  /** Resolves when the machine is ready. */
  readonly port: Promise<number>
}

/** Starts a runner in a process group of its own, as a terminal does. */
async function startRunner(): Promise<Running> {
  const runner = spawn(process.execPath, ['--import', 'tsx', RUNNER], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const lines = createInterface({ input: runner.stdout })[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await lines.next()).value ?? '{}')
  const { statePath } = await next()
  return { runner, statePath, port: next().then(({ port }) => port) }
}

async function assertNothingLeft(statePath: string, port?: number): Promise<void> {
  assert.ok(await until(() => processesOf(statePath).length === 0), 'no process is left')
  assert.ok(await until(() => !existsSync(statePath)), 'no socket and no disk is left')
  if (port !== undefined) assert.ok(await until(async () => !(await listens(port))), 'no port is left')
}

for (const [how, signal] of [
  ['kill -9', 'SIGKILL'],
  ['an end of the session', 'SIGHUP'],
  ['a crash', 'SIGSEGV'],
] as const)
  test(`${how} of the runner takes its machine along`, async () => {
    const { runner, statePath, port } = await startRunner()
    const forwarded = await port
    assert.ok(processesOf(statePath).length > 0 && (await listens(forwarded)))
    runner.kill(signal)
    await assertNothingLeft(statePath, forwarded)
  })

test('Ctrl-C, which reaches the whole process group of the runner, takes its machine along', async () => {
  const { runner, statePath, port } = await startRunner()
  const forwarded = await port
  process.kill(-(runner.pid ?? 0), 'SIGINT')
  await assertNothingLeft(statePath, forwarded)
})

test('kill -9 at any moment while the machine is being started leaves nothing', async () => {
  for (const moment of [0, 30, 60, 100, 150, 250]) {
    const { runner, statePath, port } = await startRunner()
    port.catch(() => {})
    await systemClock.wait(milliseconds(moment))
    runner.kill('SIGKILL')
    await assertNothingLeft(statePath)
  }
})

test('two runs at once have nothing in common, and the end of one leaves the other alone', async () => {
  const [one, two] = await Promise.all([startRunner(), startRunner()])
  const [first, second] = await Promise.all([one.port, two.port])
  assert.notEqual(first, second)
  assert.notEqual(one.statePath, two.statePath)
  one.runner.kill('SIGKILL')
  await assertNothingLeft(one.statePath, first)
  assert.ok(processesOf(two.statePath).length > 0 && (await listens(second)))
  two.runner.kill('SIGKILL')
  await assertNothingLeft(two.statePath, second)
})
