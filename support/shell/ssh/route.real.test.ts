import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { after, before, describe } from 'node:test'
import { userScript } from '../../core/command.ts'
import { ConnectionLost } from '../../core/errors.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { SshShell } from '../ssh.ts'
import { Lab } from '../testing/lab.ts'

describe('ways to a host', { skip: Lab.isPossible ? false : 'needs root, sshd and iproute2' }, () => {
  let lab: Lab
  before(async () => {
    lab = await Lab.start(['outer', 'middle<outer', 'inner<middle', 'alone'])
  })
  after(() => lab?.[Symbol.asyncDispose]())

  /** ssh's configuration for all of them, over IPv6 when so wanted, and the keys they are known by. */
  const way = (key: 'address' | 'address6', wrong?: string): string => {
    const file = join(lab.folder, 'known_hosts')
    const keyOf = (name: string): string => lab.host(name === wrong ? 'alone' : name).hostKey
    writeFileSync(file, lab.hosts.map(host => `${host[key]} ${keyOf(host.name)}\n`).join(''))
    const hosts = lab.hosts.map(
      ({ name, behind, ...host }) =>
        `Host ${name}\n  HostName ${host[key]}\n${behind === undefined ? '' : `  ProxyJump ${behind}\n`}`,
    )
    return `${hosts.join('')}Host *\n  User root\n  IdentityFile ${lab.host('outer').identity}\n  UserKnownHostsFile ${file}\n`
  }
  const ask = async (config: string): Promise<string> => {
    await using shell = SshShell.open({ host: 'inner', config, env: {} })
    return (await shell.run(userScript('hostname'), { attempt: seconds(20) })).stdout.toString()
  }

  test('several jumps lead to a host that answers to no other address', async () => {
    assert.equal(await ask(way('address')), 'inner\n')
    assert.equal(await ask(way('address6')), 'inner\n')
    await assert.rejects(ask(way('address').replaceAll(/ {2}ProxyJump .*\n/g, '')), ConnectionLost)
  })

  for (const name of ['outer', 'middle', 'inner'])
    test(`another key on the way is refused: that of ${name}`, async () => {
      const key = lab.host(name).fingerprint.replaceAll(/[+/]/g, '\\$&')
      await assert.rejects(ask(way('address', name)), new RegExp(`is not the expected one[\\s\\S]*Got +${key}`))
    })

  test('a host that falls silent while it works on something is given up within the bound of the command', async () => {
    const { address: host, user, identity, fingerprint } = lab.host('alone')
    const hostKeys = { kind: 'fingerprint', fingerprint } as const
    await using shell = SshShell.open({ host, user, identity, hostKeys, config: '', env: {} })
    assert.equal((await shell.run(userScript('hostname'), { attempt: seconds(10) })).stdout.toString(), 'alone\n')
    await lab.silence('alone')
    const start = performance.now()
    await assert.rejects(shell.run(userScript('true'), { attempt: milliseconds(1000) }), ConnectionLost)
    const took = performance.now() - start
    assert.ok(took < 15_000, `${Math.round(took)} ms`)
  })
})
