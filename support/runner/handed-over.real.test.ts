/** A runner that is killed while a machine holds what was handed over: nothing of it is left. */
import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { Project } from '../cli/testing/started.ts'
import { processesOf, until } from '../machine/testing/processes.ts'

const KEY = { SEALED_KEY: 'SEALED-KEY-1QZ7X4711-NOT-IN-ANY-STORE' }

const filesIn = (folders: readonly string[]): string[] =>
  folders.flatMap(folder => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)))

test('kill -9 leaves nothing of what was handed over, neither a file nor a process', async () => {
  using project = new Project()
  cpSync(resolve(import.meta.dirname, '../../fixtures/suites/sealed'), project.folder, { recursive: true })
  using killed = project.start(['run', '--offline', 'features/sealed.feature:7'], KEY)
  const disks = (): string[] => filesIn(killed.stateDirs).filter(name => name.endsWith('/files.raw'))
  let ended = false
  void killed.ended.then(() => {
    ended = true
  })
  // The machine may have to be built first.
  for (let tries = 0; tries < 5 && !(await until(() => ended || disks().length > 0)); tries += 1);
  assert.ok(!ended && disks().length > 0, killed.output)
  const [disk = ''] = disks()
  assert.match(disk, /^\/dev\/shm\/nixcumber-/)
  assert.equal(statSync(disk).mode & 0o077, 0)
  const state = killed.stateDirs
  assert.ok(state.some(path => path.startsWith('/dev/shm/')))
  killed.kill('SIGKILL')
  await killed.ended
  for (const path of state) {
    assert.ok(await until(() => !existsSync(path)), `left: ${path}`)
    assert.deepEqual(processesOf(path), [])
  }
})
