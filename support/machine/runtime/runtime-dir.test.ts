import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { isProcessAlive, processIdentity } from '../../core/files/process-identity.ts'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { IN_MEMORY } from '../room-in-memory.ts'
import { ProcessGroup } from './process-group.ts'
import { RuntimeDir, runtimeDirs, sweep } from './runtime-dir.ts'

const RUNNER = `
  import { RuntimeDir } from '${join(import.meta.dirname, 'runtime-dir.ts')}'
  import { ProcessGroup } from '${join(import.meta.dirname, 'process-group.ts')}'
  const state = RuntimeDir.create(process.env.ROOT)
  const options = { cwd: '/', env: { PATH: process.env.PATH }, extendEnv: false }
  const script = process.env.SCRIPT
  const group = ProcessGroup.start({ file: 'sh', args: ['-c', script], options }, state.forMachine())
  group.stdout.once('data', bytes => console.log(JSON.stringify({ path: state.path, pid: Number(String(bytes)) })))
  setInterval(() => {}, 1000)
`

function folder(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'state-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  return root
}

/** A runner in a process of its own with a machine that prints its process id. */
async function startRunner(root: string, script: string) {
  const runner = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', RUNNER], {
    env: { ...process.env, ROOT: root, SCRIPT: script },
    cwd: join(import.meta.dirname, '../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [bytes] = await once(runner.stdout, 'data')
  const { path, pid } = JSON.parse(String(bytes))
  return { runner, path: String(path), pid: Number(pid) }
}

const lives = (pid: number): boolean => processIdentity(pid) !== undefined

/** Waits for the watchdog, which is no child of ours that could be awaited. */
async function until(condition: () => boolean): Promise<boolean> {
  const deadline = Deadline.after(seconds(5))
  while (!condition() && !deadline.expired) await systemClock.wait(milliseconds(10))
  return condition()
}

for (const [how, script] of [
  ['its machine', 'echo $$; exec sleep 600'],
  ['what left its process group', 'setsid sh -c "echo \\$\\$; exec sleep 600" & sleep 600'],
] as const)
  test(`a runner killed by SIGKILL takes ${how} and its state directory along`, async t => {
    const { runner, path, pid } = await startRunner(folder(t), script)
    assert.ok(lives(pid) && existsSync(path))
    runner.kill('SIGKILL')
    assert.ok(await until(() => !lives(pid) && !existsSync(path)))
  })

test('sweeping leaves alone what a living runner owns, and removes what a dead one left', async t => {
  const root = folder(t)
  await using mine = RuntimeDir.create(root)
  const left = mkdtempSync(join(root, 'nixcumber-'))
  writeFileSync(join(left, 'owner'), '1 1 an-earlier-boot\n')
  const beingMade = mkdtempSync(join(root, 'nixcumber-'))
  assert.deepEqual(sweep(root), [left])
  assert.deepEqual(runtimeDirs(root).sort(), [mine.path, beingMade].sort())
})

test('what a run keeps in memory is known as well as what it keeps on disk', async () => {
  await using kept = RuntimeDir.create(IN_MEMORY)
  assert.ok(kept.path.startsWith('/dev/shm/nixcumber-'))
  assert.equal(statSync(kept.path).mode & 0o777, 0o700)
  assert.ok(runtimeDirs().includes(kept.path))
  assert.ok(!sweep().includes(kept.path))
})

test('a process id that was given to another process since is not taken for the owner', () => {
  const mark = processIdentity(process.pid) ?? ''
  assert.ok(isProcessAlive(mark))
  assert.ok(!isProcessAlive(mark.replace(/ \d+ /, ' 1 ')))
  assert.ok(!isProcessAlive(mark.replace(/ [^ ]+$/, ' another-boot')))
  assert.ok(!isProcessAlive(''))
})

test('disposing of a group ends the program and what it started', async t => {
  await using state = RuntimeDir.create(folder(t))
  const options = { cwd: '/', env: { PATH: process.env.PATH ?? '' }, extendEnv: false } as const
  const group = ProcessGroup.start({ file: 'sh', args: ['-c', 'sleep 600 & echo $!; wait'], options }, state.path)
  const [bytes] = await once(group.stdout, 'data')
  await group[Symbol.asyncDispose]()
  assert.deepEqual(await group.ended, { code: null, signal: 'SIGKILL' })
  assert.ok(await until(() => !lives(Number(String(bytes)))))
})

test('a link to a directory of ours that another user may have laid is no state directory, nor is a name of several lines', t => {
  const root = folder(t)
  const home = join(root, 'home')
  mkdirSync(join(home, 'kept'), { recursive: true })
  chmodSync(join(home, 'kept'), 0o500)
  utimesSync(home, 0, 0)
  symlinkSync(home, join(root, 'nixcumber-abcdef'))
  mkdirSync(join(root, 'nixcumber-ab\nPATH='))
  utimesSync(join(root, 'nixcumber-ab\nPATH='), 0, 0)
  assert.deepEqual(sweep(root), [])
  assert.equal(statSync(join(home, 'kept')).mode & 0o777, 0o500)
  assert.ok(existsSync(join(root, 'nixcumber-abcdef')))
})

test('what a runner that is gone has left is one', t => {
  const root = folder(t)
  mkdirSync(join(root, 'nixcumber-Ab3xYz'))
  utimesSync(join(root, 'nixcumber-Ab3xYz'), 0, 0)
  assert.deepEqual(sweep(root), [join(root, 'nixcumber-Ab3xYz')])
  assert.ok(!existsSync(join(root, 'nixcumber-Ab3xYz')))
})
