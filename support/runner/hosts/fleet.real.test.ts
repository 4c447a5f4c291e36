/** A dozen real hosts on a network of their own, one of them slow, one silent from the start, one from the middle on. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { Lab } from '../../shell/testing/lab.ts'

const BIN = resolve(import.meta.dirname, '../../../bin/nixcumber.js')
const CHECKS = 6
const NAMES = ['slow', 'silent', 'falls', ...Array.from({ length: 9 }, (_, i) => `web${i + 1}`)]

const feature = (name: string): string => {
  const check =
    name === 'falls' ? 'the command "echo began; sleep 50" succeeds within 55 seconds' : 'user "root" exists'
  const scenarios = Array.from({ length: CHECKS }, (_, i) => `  Scenario: ${name} ${i}\n    Then ${check}\n`)
  return `Feature: ${name}\n  Background:\n    Given machine "${name}" is running\n${scenarios.join('')}`
}

test('a dozen hosts, and none waits for another', { skip: !Lab.isPossible && 'needs root, sshd and ip' }, async () => {
  const project = mkdtempSync(join(tmpdir(), 'nixcumber-fleet-'))
  await using lab = await Lab.start(NAMES.map(name => (name === 'slow' ? 'slow:slow' : name)))
  mkdirSync(join(project, 'features'))
  for (const name of NAMES) writeFileSync(join(project, `features/${name}.feature`), feature(name))
  const machines = Object.fromEntries(lab.hosts.map(({ name, url }) => [name, url]))
  writeFileSync(join(project, 'nixcumber.config.json'), JSON.stringify({ machines }))
  await lab.silence('silent')
  const start = performance.now()
  // Fewer at once than there are hosts, so that places must be given away.
  const child = spawn(process.execPath, [BIN, 'run', '--hosts-at-once', '4', '--out', 'out'], { cwd: project })
  let said = ''
  const doneAt = new Map<string, number>()
  child.stdout.on('data', async (chunk: Buffer) => {
    said += chunk
    for (const name of NAMES)
      if (!doneAt.has(name) && said.includes(`✓ ${name.padEnd(6)}`)) doneAt.set(name, performance.now() - start)
    if (doneAt.size === NAMES.length - 2 && !said.includes('silenced')) {
      said += 'silenced\n'
      await lab.silence('falls')
    }
  })
  const [exitCode] = (await once(child, 'close')) as [number]
  const took = performance.now() - start
  assert.equal(exitCode, 3, said)
  for (const name of NAMES.filter(each => each !== 'silent' && each !== 'falls'))
    assert.match(said, new RegExp(`✓ ${name} +${CHECKS} held`), said)
  for (const name of ['silent', 'falls'])
    assert.match(said, new RegExp(`! ${name} +${CHECKS} could not be checked`), said)
  assert.equal(said.split('No ssh connection to').length - 1, 1, said)
  assert.match(said, /Machine "falls" does not answer/)
  // The silent one takes 30 seconds; all who answer were done long before.
  assert.ok(Math.max(...doneAt.values()) < took * 0.8, JSON.stringify([...doneAt]))
  assert.ok(took < 58_000, `${took}`)
  rmSync(project, { recursive: true })
})
