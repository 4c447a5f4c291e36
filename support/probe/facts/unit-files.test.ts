import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { unitFilesSection } from './unit-files.ts'

/** The section's own command, in another folder. */
function asked(units: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'units-'))
  try {
    for (const [name, text] of Object.entries(units)) {
      mkdirSync(join(folder, name, '..'), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    symlinkSync('/nowhere', join(folder, 'dangling.service'))
    symlinkSync('/dev/null', join(folder, 'masked.service'))
    const { stdout, status } = spawnSync('sh', [
      '-c',
      unitFilesSection.command.script.replace('/etc/systemd/system', folder),
    ])
    assert.equal(status, 0)
    return unitFilesSection.parse(stdout.toString())
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const unit = (hash: string, command: string): string =>
  `[Service]\nExecStart=/nix/store/${hash.repeat(32)}-nginx-1.28/bin/${command}\n`

test('a unit whose definition changed has another value; one that was only built anew has not', () => {
  const before = asked({ 'web.service': unit('a', 'nginx'), 'web.service.d/limits.conf': '[Service]\nTasksMax=1\n' })
  assert.deepEqual(Object.keys(before), ['web.service', 'web.service.d/limits.conf'])
  assert.deepEqual(
    asked({ 'web.service': unit('b', 'nginx'), 'web.service.d/limits.conf': '[Service]\nTasksMax=1\n' }),
    before,
  )
  const after = asked({ 'web.service': unit('a', 'nginx -g'), 'web.service.d/limits.conf': '[Service]\nTasksMax=2\n' })
  for (const [name, value] of Object.entries(before)) assert.notEqual(after[name], value, name)
})

test('a machine without units, and one whose text looks like a name', () => {
  assert.deepEqual(asked({}), {})
  const hostile = asked({ 'a b.service': 'x.service\n\n y\n', '-n.timer': '[Timer]' })
  assert.deepEqual(Object.keys(hostile), ['-n.timer', 'a b.service'])
})
