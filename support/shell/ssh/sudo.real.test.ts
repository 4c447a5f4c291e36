import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { after, before, describe } from 'node:test'
import { userScript } from '../../core/command.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import { seconds } from '../../core/time/duration.ts'
import { type SshOptions, SshShell } from '../ssh.ts'
import { Lab } from '../testing/lab.ts'

const skip = Lab.isPossible && existsSync('/usr/bin/sudo') ? false : 'needs root, sshd, sudo and iproute2'
const limits = { attempt: seconds(20) }

describe('live hosts', { skip }, () => {
  let lab: Lab
  before(async () => {
    lab = await Lab.start([
      'free:sudo-free',
      'asks:sudo-password',
      'lectures:sudo-lecture',
      'tty:sudo-tty',
      'none:no-sudo',
      'bare:no-bash',
      'dash:dash',
      'root',
    ])
  })
  after(() => lab?.[Symbol.asyncDispose]())

  const open = (name: string, more: Partial<SshOptions> = {}): SshShell => {
    const { address: host, user, identity, fingerprint } = lab.host(name)
    return SshShell.open({
      host,
      user,
      identity,
      hostKeys: { kind: 'fingerprint', fingerprint },
      config: '',
      env: {},
      sudo: {},
      ...more,
    })
  }
  const ask = async (name: string, more: Partial<SshOptions> = {}, script = 'id -un'): Promise<string> => {
    await using shell = open(name, more)
    return (await shell.run(userScript(script), limits)).stdout.toString().trim()
  }
  const refusal = async (name: string, more: Partial<SshOptions>): Promise<string> => {
    const error = await ask(name, more).then(
      who => assert.fail(`it was let in as ${who}`),
      (reason: unknown) => reason,
    )
    assert.ok(error instanceof EnvironmentBroken, String(error))
    return error.message
  }
  const password = (name: string): string => lab.host(name).password ?? assert.fail('it asks for none')

  test('sudo without a password is used; one who is told not to use it stays who one is', async () => {
    assert.equal(await ask('free'), 'root')
    await using shell = SshShell.open(plain('free'))
    assert.equal((await shell.run(userScript('id -un'), limits)).stdout.toString(), 'deploy\n')
  })

  const plain = (name: string): SshOptions => {
    const { address: host, user, identity, fingerprint } = lab.host(name)
    return { host, user, identity, hostKeys: { kind: 'fingerprint', fingerprint }, config: '', env: {} }
  }

  test('the password is given once for many commands, and stands in no argument', async () => {
    for (const name of ['asks', 'lectures']) {
      await using shell = open(name, { sudo: { password: password(name) } })
      const run = (script: string) => shell.run(userScript(script), limits)
      const many = await Promise.all(Array.from({ length: 20 }, () => run('id -un')))
      assert.deepEqual(new Set(many.map(({ stdout }) => stdout.toString())), new Set(['root\n']))
      const seen = (await run('ps -eo args')).stdout.toString()
      assert.equal(seen.split('\n').filter(line => line.startsWith('sudo ')).length, 1, seen)
      assert.ok(!seen.includes(password(name)))
    }
  })

  test('a wrong password is tried once, however often one asks', async () => {
    await using shell = open('asks', { sudo: { password: 'wrong', variables: ['NIXCUMBER_SUDO_PASSWORD_ASKS'] } })
    for (let i = 0; i < 3; i += 1)
      await assert.rejects(shell.run(userScript('id'), limits), {
        name: 'EnvironmentBroken',
        message:
          /deploy@10\.\S+ does not become root by sudo\n\n +Reason +sudo did not accept the password; it was tried once\n +Next +correct NIXCUMBER_SUDO_PASSWORD_ASKS/,
      })
    assert.ok(!lab.run('asks', 'ps', '-eo', 'args').includes('sudo '))
  })

  test('without a password where one is asked, one goes on as the user with a note; a demand for root is refused', async () => {
    const notes: string[] = []
    assert.equal(await ask('asks', { note: text => notes.push(text) }), 'deploy')
    assert.match(
      notes.join('|'),
      /^asked as deploy, not as root \(sudo: a password is required\); to demand it: \?sudo=yes$/,
    )
    const wish = { demanded: true, variables: ['NIXCUMBER_SUDO_PASSWORD_ASKS'] }
    assert.match(await refusal('asks', { sudo: wish }), /Next +set NIXCUMBER_SUDO_PASSWORD_ASKS in the environment/)
  })

  test('requiretty and a missing sudo are said as such', async () => {
    assert.match(
      await refusal('tty', { sudo: { demanded: true } }),
      /Reason +.*tty[\s\S]*take requiretty out of sudoers/,
    )
    assert.match(await refusal('none', { sudo: { demanded: true } }), /Next +install sudo there/)
    assert.equal(await ask('none'), 'deploy')
  })

  test('other login shells, and hosts without bash', async () => {
    assert.equal(await ask('dash'), 'deploy')
    assert.equal(await ask('bare'), 'deploy')
  })

  test('a new key is believed only when that is asked for; then it is stored, hashed if ssh is told so', async () => {
    const file = join(lab.folder, 'known', 'hosts')
    for (const [config, line] of [
      ['', /^10\.231\.\d+\.8 ssh-ed25519 \S+\n$/],
      ['Host *\n  HashKnownHosts yes\n', /^\|1\|\S+ ssh-ed25519 \S+\n$/],
    ] as const) {
      rmSync(file, { force: true })
      const { hostKeys: _, ...rest } = plain('root')
      const how = { ...rest, config, knownHosts: file }
      const asked = async (more: Partial<SshOptions> = {}): Promise<string> => {
        await using shell = SshShell.open({ ...how, ...more })
        return (await shell.run(userScript('hostname'), limits)).stdout.toString()
      }
      await assert.rejects(asked(), /is not known[\s\S]*Got +SHA256:[\s\S]*\?host-keys=accept-new/)
      assert.ok(!existsSync(file))
      assert.equal(await asked({ acceptNew: true }), 'root\n')
      assert.match(readFileSync(file, 'utf8'), line)
      assert.equal(await asked(), 'root\n')
      const other = lab.host('free').hostKey
      writeFileSync(file, `${how.host} ${other}\n`)
      const both = new RegExp(
        `Expected +${escaped(lab.host('free').fingerprint)}[\\s\\S]*Got +${escaped(lab.host('root').fingerprint)}`,
      )
      await assert.rejects(asked({ acceptNew: true }), both)
      writeFileSync(file, `@cert-authority 10.* ${other}\n`)
      await assert.rejects(asked(), /vouched for by a certificate, which is not supported[\s\S]*\?fingerprint=SHA256/)
      assert.doesNotMatch(readFileSync(file, 'utf8'), new RegExp(`^${how.host}`, 'm'))
    }
  })
})

const escaped = (text: string): string => text.replaceAll(/[+/]/g, '\\$&')
