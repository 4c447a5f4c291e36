/** OpenSSH on the way of the ssh driver, to hosts of the laboratory: what it takes for the target is what the driver has found good. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { execa } from 'execa'
import { EnvironmentBroken, UsageError } from '../core/errors.ts'
import { LIVE_HOST } from '../machine/drivers/ssh.ts'
import type { SshPlan } from '../machine/machine.ts'
import { Lab, type LabHost } from '../shell/testing/lab.ts'
import { openOwnSsh } from './own-ssh.ts'

const skip = Lab.isPossible ? false : 'needs root on Linux with sshd and ip'

const planOf = ({ name, address: host, user, identity, saidFingerprint: fingerprint }: LabHost): SshPlan => ({
  ...{ kind: 'ssh', name, abilities: LIVE_HOST, enter: '', host, user, identity, fingerprint },
})
const BAD = ['-o', 'UserKnownHostsFile=/dev/null', '-o', 'StrictHostKeyChecking=no']
const ssh = (program: string, ...words: string[]) =>
  execa(program, [...words, 'nixcumber-target', 'hostname'], { reject: false, timeout: 60_000, stdin: 'ignore' })

test('it gets in where the driver does, and to no host of another key', { skip }, async t => {
  await using lab = await Lab.start(['web', 'other', 'wrong:changed'])
  const [web, other, wrong] = ['web', 'other', 'wrong'].map(name => lab.host(name))
  assert.ok(web && other && wrong)
  using own = await openOwnSsh(planOf(web))

  await t.test('as the driver', async () => {
    assert.equal(own.fingerprint, web.fingerprint)
    assert.equal(own.address, `root@${web.address}:22`)
    assert.equal((await ssh('ssh', ...own.options)).stdout, 'web')
    assert.equal((await ssh(join(own.bin, 'ssh'), ...BAD)).stdout, 'web')
  })
  await t.test('a host that answers in its place is none, whatever the caller says of host keys', async () => {
    const there = ['-o', `HostName=${other.address}`]
    for (const { exitCode, stderr } of [
      await ssh('ssh', ...own.options, ...there),
      await ssh(join(own.bin, 'ssh'), ...BAD, ...there),
    ]) {
      assert.equal(exitCode, 255)
      assert.match(stderr, /Host key verification failed/)
    }
  })
  await t.test('a key that is not the expected one', () =>
    assert.rejects(
      openOwnSsh(planOf(wrong)),
      (error: unknown) => error instanceof EnvironmentBroken && /is not the expected one/.test(error.message),
    ),
  )
  await t.test('a login by password', () =>
    assert.rejects(openOwnSsh({ ...planOf(web), password: 'x' }), (error: unknown) => error instanceof UsageError),
  )
})

test('through a jump host whose key is known', { skip }, async () => {
  await using lab = await Lab.start(['jump', 'inner:plain<jump'])
  const [jump, inner] = [lab.host('jump'), lab.host('inner')]
  const known = join(lab.folder, 'known')
  writeFileSync(known, `${jump.address} ${jump.hostKey}\n`)
  const config = `Host ${inner.address}\n  ProxyJump root@${jump.address}\nHost ${jump.address}\n  IdentityFile ${jump.identity}\n  UserKnownHostsFile ${known}\n`
  using own = await openOwnSsh({ ...planOf(inner), config } as SshPlan)
  assert.equal((await ssh('ssh', ...own.options)).stdout, 'inner')
})
