import assert from 'node:assert/strict'
import { type AddressInfo, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { Console } from '../../console/console.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import type { Shell } from '../../shell/shell.ts'
import { LoginRefused } from '../../shell/ssh/connection-messages.ts'
import type { Transport } from '../machine.ts'
import { LoginAccess } from './login-access.ts'

/** A machine whose sshd greets, and refuses every login. */
async function guest(t: TestContext, printed: () => string) {
  const sshd = createServer(socket => socket.end('SSH-2.0-OpenSSH_8.4\r\n'))
  await new Promise<void>(done => sshd.listen(0, '127.0.0.1', done))
  t.after(() => sshd.close())
  const tried: Transport[] = []
  const answer = { stdout: Buffer.from('boot-one\n'), stderr: Buffer.alloc(0), exitCode: 0 }
  const shell = {
    transport: 'console',
    run: async () => answer,
    [Symbol.asyncDispose]: async () => {},
  } as unknown as Shell
  const console = { since: printed } as Partial<Console> as Console
  const { port } = sshd.address() as AddressInfo
  const inside = { dir: '/none', console, forward: async () => port, bootedAt: () => 0, isOff: () => false }
  const access = new LoginAccess(inside, async via => {
    tried.push(via)
    if (via === 'ssh') throw new LoginRefused('127.0.0.1 refused the login of root')
    return shell
  })
  return { access, tried }
}

test('whom ssh does not let in logs in at the console, which asks later', async t => {
  let looks = 0
  const { access, tried } = await guest(t, () =>
    ++looks < 4 ? 'Started SSH Daemon.\r\n' : 'Started SSH Daemon.\r\nreal login: ',
  )
  const { signal } = new AbortController()
  assert.equal(await access.ready({ deadline: Deadline.after(seconds(20)), signal }), 'boot-one')
  assert.equal(access.preferred, 'serial')
  assert.deepEqual(tried, ['ssh', 'serial'])
})

test('where the console never asks, it is said that ssh refuses the login', async t => {
  const { access } = await guest(t, () => 'Started SSH Daemon.\r\n')
  const { signal } = new AbortController()
  await assert.rejects(
    access.ready({ deadline: Deadline.after(milliseconds(600)), signal }),
    /refused the login of root/,
  )
})
