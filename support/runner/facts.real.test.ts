/** The facts of a live host, through the front door and a real sshd. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { readFacts } from '../record/facts-file.ts'
import { PrivateSshd } from '../shell/ssh/private-sshd.ts'

const BIN = join(import.meta.dirname, '../../bin/nixcumber.js')
const FEATURE = 'Feature: Live\n  Scenario: one\n    Given machine "web1" is running\n    Then user "root" exists\n'
const skip = PrivateSshd.isInstalled ? false : 'sshd is not installed'

async function runOn(sshd: PrivateSshd, config: object, more: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'facts-'))
  mkdirSync(join(folder, 'features'))
  writeFileSync(join(folder, 'features/live.feature'), FEATURE)
  writeFileSync(join(folder, 'nixcumber.config.json'), JSON.stringify(config))
  const address = `web1=ssh://${sshd.user}@127.0.0.1:${sshd.port}?identity=${sshd.identity}&fingerprint=${sshd.fingerprint}`
  const call = (...words: readonly string[]): Promise<string> =>
    new Promise(resolve =>
      execFile(process.execPath, [BIN, ...words], { cwd: folder }, (_, stdout, stderr) => resolve(stdout + stderr)),
    )
  const output = await call('run', '--machine', address, '--out', 'out', ...more)
  return { folder, out: join(folder, 'out'), output, call, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

for (const [how, more] of [
  ['one after the other', []],
  ['by workers', ['--parallel', '2']],
] as const)
  test(`a live host's facts lie in the folder of the run: ${how}`, { skip }, async () => {
    await using sshd = await PrivateSshd.start()
    using run = await runOn(sshd, {}, more)
    assert.match(run.output, /^GO {2}web1: 1 scenario held/m)
    const { sections = {}, missing = {} } = readFacts(run.out).get('web1') ?? {}
    assert.equal(sections.system?.hostname, hostname())
    assert.match(sections.users?.root ?? '', /^uid 0, gid 0, /)
    assert.ok(`tcp 127.0.0.1:${sshd.port}` in (sections.listeners ?? {}) || sshd.port >= 32768)
    // This computer is no NixOS: what cannot be told is said, and fails nothing.
    if (!existsSync('/run/current-system')) assert.equal(missing.closure, 'there is no active system of NixOS')
  })

test('where they are not wanted there are none', { skip }, async () => {
  await using sshd = await PrivateSshd.start()
  using run = await runOn(sshd, { facts: false })
  assert.match(run.output, /^GO /m)
  assert.ok(!existsSync(join(run.out, 'facts')))
})

test('runs that are merged bring their facts along', { skip }, async () => {
  await using sshd = await PrivateSshd.start()
  using run = await runOn(sshd, {}, ['--shard', '1/1'])
  assert.match(await run.call('merge', 'out', '--out', 'merged'), /^GO {2}/m)
  assert.deepEqual(readFacts(join(run.folder, 'merged')), readFacts(run.out))
  assert.equal(readFacts(run.out).size, 1)
})
