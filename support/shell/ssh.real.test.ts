import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { after, before, describe } from 'node:test'
import { userScript } from '../core/command.ts'
import { CommandCutOff, ConnectionLost, EnvironmentBroken } from '../core/errors.ts'
import { milliseconds, seconds } from '../core/time/duration.ts'
import { HostKeyPin } from './ssh/host-key.ts'
import { PrivateSshd } from './ssh/private-sshd.ts'
import { type SshOptions, SshShell } from './ssh.ts'
import { shellContract } from './testing/contract.ts'

const limits = { attempt: seconds(10) }
const options = (sshd: PrivateSshd, more: Partial<SshOptions> = {}): SshOptions => ({
  host: '127.0.0.1',
  port: sshd.port,
  user: sshd.user,
  identity: sshd.identity,
  hostKeys: { kind: 'fingerprint', fingerprint: sshd.fingerprint },
  config: '',
  env: {},
  ...more,
})

if (!PrivateSshd.isInstalled) test('ssh against a real sshd', { skip: 'openssh-server is not installed' }, () => {})
else {
  const contract = (name: string, more: Partial<SshOptions>, scratch?: string): void =>
    shellContract(
      name,
      async () => {
        const sshd = await PrivateSshd.start()
        const shell = SshShell.open(options(sshd, more))
        return {
          shell,
          sever: () => sshd.endSessions(),
          reboot: async () => {
            sshd.down()
            await sshd.up()
          },
          async [Symbol.asyncDispose]() {
            await shell[Symbol.asyncDispose]()
            await sshd[Symbol.asyncDispose]()
          },
        }
      },
      { trouble: ['cut', 'reboot'], ...(scratch === undefined ? {} : { scratch }) },
    )
  contract('the ssh shell', {})
  if (process.getuid?.() === 0)
    contract("the ssh shell inside the kernel's net", { looksOnly: true }, '/proc/tty/ldisc')

  describe('ssh', () => {
    let sshd: PrivateSshd
    before(async () => {
      sshd = await PrivateSshd.start()
    })
    after(() => sshd[Symbol.asyncDispose]())

    const whoami = async (more: Partial<SshOptions>, from = sshd): Promise<string> => {
      await using shell = SshShell.open(options(from, more))
      return (await shell.run(userScript('id -un'), limits)).stdout.toString().trim()
    }
    const refusal = async (more: Partial<SshOptions>, from = sshd): Promise<Error> => {
      const error = await whoami(more, from).then(
        () => assert.fail('it was let in'),
        (reason: unknown) => reason,
      )
      assert.ok(error instanceof EnvironmentBroken && !(error instanceof ConnectionLost), String(error))
      return error
    }

    test('a machine without bash is asked through a channel for each command', async () => {
      // SHLVL=2 keeps the login shell from reading the rc files of the user who runs this
      const path = join(sshd.folder, 'empty')
      mkdirSync(path)
      execFileSync('ln', ['-s', '/bin/sh', '/bin/cat', '/bin/sleep', '/bin/id', path])
      await using poor = await PrivateSshd.start([
        `SetEnv PATH=${path} SHLVL=2`,
        'ForceCommand exec sh -c "$SSH_ORIGINAL_COMMAND"',
      ])
      await using shell = SshShell.open(options(poor))
      const many = await Promise.all(
        Array.from({ length: 30 }, (_, i) => shell.run(userScript(`echo ${i}; echo e >&2; exit ${i}`), limits)),
      )
      assert.deepEqual(
        many.map(({ exitCode, stdout, stderr }) => `${exitCode}/${stdout}/${stderr}`),
        many.map((_, i) => `${i}/${i}\n/e\n`),
      )
      assert.equal(
        (await shell.run(userScript('cat'), { ...limits, stdin: Buffer.from('in') })).stdout.toString(),
        'in',
      )
      await assert.rejects(shell.run(userScript('sleep 60'), { attempt: milliseconds(300) }), CommandCutOff)
      assert.equal((await shell.run(userScript('echo alive'), limits)).stdout.toString(), 'alive\n')
    })

    test('a given fingerprint lets its host in and no other', async () => {
      assert.equal(await whoami({}), sshd.user)
      const wrong = `SHA256:${'A'.repeat(43)}`
      const { message } = await refusal({ hostKeys: { kind: 'fingerprint', fingerprint: wrong } })
      assert.match(message, /^The host key of \[127\.0\.0\.1\]:\d+ is not the expected one/)
      assert.match(message, new RegExp(`Expected +${wrong}\n +Got +${sshd.fingerprint.replaceAll('+', '\\+')}`))
      assert.match(message, /Next +/)
    })

    test('a known_hosts file lets its hosts in, plain and hashed; an unknown or changed key is refused', async () => {
      const file = join(sshd.folder, 'known_hosts')
      const known = { hostKeys: { kind: 'known-hosts', files: [file] } } as const
      writeFileSync(file, '')
      assert.match((await refusal(known)).message, /is not known\n\n +Expected +a line for \[127/)
      writeFileSync(file, `[127.0.0.1]:${sshd.port} ssh-ed25519 ${sshd.hostKey.toString('base64')}\n`)
      assert.equal(await whoami(known), sshd.user)
      execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' })
      assert.equal(await whoami(known), sshd.user)
      await using other = await PrivateSshd.start()
      writeFileSync(file, `[127.0.0.1]:${sshd.port} ssh-ed25519 ${other.hostKey.toString('base64')}\n`)
      assert.match((await refusal(known)).message, /is not the expected one[\s\S]*known_hosts:1/)
    })

    test('a machine that was booted here may choose its key once, and again when it is booted anew', async () => {
      const pin = new HostKeyPin()
      const pinned = { hostKeys: { kind: 'pinned', pin } } as const
      await using other = await PrivateSshd.start()
      assert.equal(await whoami(pinned), sshd.user)
      assert.match((await refusal(pinned, other)).message, /the key it booted with/)
      pin.bootedAnew()
      assert.equal(await whoami(pinned, other), sshd.user)
    })

    test('a refused login says what was tried', async () => {
      const stranger = join(sshd.folder, 'stranger')
      sshd.newKey('stranger')
      const { message } = await refusal({ identity: stranger })
      assert.match(message, /refused the login of \w+\n/)
      assert.match(message, new RegExp(`Got +refused; tried: ${stranger}`))
    })

    test('a closed port is a lost connection, which may come', async () => {
      await assert.rejects(whoami({ port: 1 }), ConnectionLost)
    })

    test('the keys of an agent are used', async () => {
      const socket = join(sshd.folder, 'agent')
      const started = execFileSync('ssh-agent', ['-a', socket], { encoding: 'utf8' })
      const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(started)?.[1])
      try {
        execFileSync('ssh-add', [sshd.identity], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' })
        const { identity: _, ...rest } = options(sshd, { env: { SSH_AUTH_SOCK: socket } })
        await using shell = SshShell.open({ ...rest, config: 'Host *\n  IdentityFile /nonexistent\n' })
        assert.equal((await shell.run(userScript('id -un'), limits)).stdout.toString().trim(), sshd.user)
      } finally {
        process.kill(pid)
      }
    })

    test("ssh's own configuration is followed: names, ports, keys and jumps", async () => {
      await using jump = await PrivateSshd.start()
      const file = join(sshd.folder, 'known_hosts')
      writeFileSync(
        file,
        [sshd, jump]
          .map(({ port, hostKey }) => `[127.0.0.1]:${port} ssh-ed25519 ${hostKey.toString('base64')}\n`)
          .join(''),
      )
      const config = `
        Host inner
          HostName 127.0.0.1
          Port ${sshd.port}
          IdentityFile ${sshd.identity}
          ProxyJump outer
        Host outer
          HostName 127.0.0.1
          Port ${jump.port}
          IdentityFile ${jump.identity}
        Host *
          User ${sshd.user}
          UserKnownHostsFile ${file}`
      await using shell = SshShell.open({ host: 'inner', config, env: {} })
      const { stdout } = await shell.run(userScript('echo "$SSH_CONNECTION"'), limits)
      assert.match(stdout.toString(), new RegExp(`127.0.0.1 ${sshd.port}\n$`))
    })
  })
}
