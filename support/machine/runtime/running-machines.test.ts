import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { publish, runningMachines } from './running-machines.ts'
import { RuntimeDir } from './runtime-dir.ts'

test('the machines of living runs are found by `nixcumber shell`', async t => {
  const root = mkdtempSync(join(tmpdir(), 'running-'))
  t.after(() => rmSync(root, { recursive: true }))
  await using state = RuntimeDir.create(root)
  const machine = {
    name: 't14',
    runner: process.pid,
    folder: process.cwd(),
    ssh: { host: '127.0.0.1', port: 2222, identity: '/key' },
    since: 1,
    console: join(state.path, 'm1/console'),
    transcriptFile: '/t14.console.log',
  }
  publish(state.forMachine(), machine)
  state.forMachine()
  assert.deepEqual(runningMachines(root), [machine])
  writeFileSync(join(state.path, 'owner'), '1 1 an-earlier-boot\n')
  assert.deepEqual(runningMachines(root), [])
})
