/** The look-alike of nixos-anywhere, with a real ssh, and an sshd whose key is another one than was announced. */
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken } from '../../../core/errors.ts'
import { seconds } from '../../../core/time/duration.ts'
import { cacheFolder } from '../../../nix/cache-folder.ts'
import { findToolchain } from '../../../nix/tools/find-toolchain.ts'
import { PrivateSshd } from '../../../shell/ssh/private-sshd.ts'
import { openOwnSsh } from '../../own-ssh.ts'
import { findAnywhere } from './anywhere.ts'
import { type AnywhereRun, runPhases } from './phases.ts'
import { onlyTarget, sshFirst } from './ssh-first.ts'
import { proveOurSsh } from './uses-our-ssh.ts'

const sshd = await PrivateSshd.start()
test.after(() => sshd[Symbol.asyncDispose]())
const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-phases-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))

const programs = await findToolchain({ offline: true })
const anywhere = await findAnywhere({ offline: true, programs, env: {}, build: async () => undefined })
const own = await openOwnSsh({
  ...{ kind: 'ssh', name: 'here', host: '127.0.0.1', port: sshd.port, user: sshd.user },
  ...{ identity: sshd.identity, fingerprint: sshd.fingerprint },
})
test.after(() => own[Symbol.dispose]())
const { bin, calls } = await sshFirst(join(scratch, 'ssh'), onlyTarget(own))

const run = (more: Partial<AnywhereRun> = {}): AnywhereRun => ({
  ...{ anywhere, programs, bin, folder: scratch, target: `${own.user}@nixcumber-target`, identity: sshd.identity },
  ...{ diskScript: '/usr/bin', toplevel: '/usr/bin', cacheDir: cacheFolder() },
  ...more,
})
const steps: string[] = []
const task = { update: (step: string) => void steps.push(step), done() {} }
const phases = (more?: Partial<AnywhereRun>, within = seconds(60)) => runPhases(run(more), ['disko'], { within, task })

const fails = (words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof EnvironmentBroken, String(error))
  assert.match(error.message, words)
  return true
}

test('it reaches the target by the announced key, and tells its steps; a phase that fails is told with its last words', async () => {
  // Nix refuses what is no path of its store: on the target nothing has been done so far.
  const words = /^nixos-anywhere --phases disko failed with exit code 1[\s\S]*\/usr\/bin[\s\S]*Evidence +\S+\.log/
  await assert.rejects(phases(), fails(words))
  assert.deepEqual(steps, ['Uploading install SSH keys', 'Gathering machine facts'])
  assert.match(readFileSync(calls, 'utf8'), /^ssh-copy-id .*StrictHostKeyChecking=no/m)
})

test('its own ssh is found out before it reaches anything', async () => {
  await proveOurSsh(run())
  const script = join(scratch, 'packaged')
  writeFileSync(script, '#!/bin/sh\nPATH=/usr/bin:$PATH ssh -G nixcumber.invalid >/dev/null; exit 1\n')
  chmodSync(script, 0o755)
  const packaged = { argv: ['sh', script], from: 'another' } as const
  await assert.rejects(
    proveOurSsh(run({ anywhere: packaged })),
    fails(/does not call the ssh that comes first[\s\S]*another/),
  )
})

test('a target whose key has changed meanwhile is not reached, and not tried again for ever', async () => {
  sshd.down()
  sshd.newKey('host')
  await sshd.up()
  await assert.rejects(phases(), fails(/--phases disko: the target has shown another host key[\s\S]*HAS CHANGED/))
})
