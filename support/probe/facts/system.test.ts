import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { systemSection } from './system.ts'

interface System {
  /** None: a container. */
  readonly kernel?: string
  readonly parameters?: string
}

/** What is said where these are booted and current. */
function rebootNeeded(booted: System, current: System): unknown {
  const root = mkdtempSync(join(tmpdir(), 'system-'))
  try {
    for (const [name, { kernel, parameters = '' }] of Object.entries({
      'booted-system': booted,
      'current-system': current,
    })) {
      const toplevel = join(root, `store-${name}`)
      mkdirSync(toplevel)
      symlinkSync(toplevel, join(root, name))
      if (kernel === undefined) continue
      for (const link of ['kernel', 'initrd', 'kernel-modules'])
        symlinkSync(`/nix/store/${kernel}/${link}`, join(toplevel, link))
      writeFileSync(join(toplevel, 'kernel-params'), parameters)
    }
    const { stdout } = spawnSync('sh', ['-c', systemSection.command.script.replaceAll('/run/', `${root}/`)], {
      encoding: 'utf8',
    })
    return (systemSection.parse(stdout) as Record<string, string>)['reboot needed']
  } finally {
    rmSync(root, { recursive: true })
  }
}

test('a system with the kernel, initrd, modules and parameters of the boot needs none', () =>
  assert.equal(rebootNeeded({ kernel: 'a', parameters: 'quiet' }, { kernel: 'a', parameters: 'quiet' }), 'no'))

test('one with another kernel, or with other parameters, does', () => {
  assert.equal(rebootNeeded({ kernel: 'a' }, { kernel: 'b' }), 'yes')
  assert.equal(rebootNeeded({ kernel: 'a', parameters: 'quiet' }, { kernel: 'a', parameters: '' }), 'yes')
})

test('of a container, which has no kernel of its own, it is not known', () => {
  assert.equal(rebootNeeded({}, {}), undefined)
  assert.equal(rebootNeeded({}, { kernel: 'a' }), undefined)
})
