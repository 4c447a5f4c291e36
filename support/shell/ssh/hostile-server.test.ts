/** An ssh server that lets in, and then answers as no sshd does: whatever it says or keeps to itself, it ends in time and in bounded memory. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import test from 'node:test'
import ssh2, { type ServerChannel } from 'ssh2'
import { sh } from '../../core/command.ts'
import { ConnectionLost, EnvironmentBroken } from '../../core/errors.ts'
import { type Duration, milliseconds, seconds } from '../../core/time/duration.ts'
import { newSshKey } from '../../core/values/ssh-key.ts'
import { SshShell } from '../ssh.ts'
import { HostKeyPin } from './host-key.ts'

/** Of a program that it is told to start: whether it opens a channel, and what it does there. */
type OnExec = (accept: () => ServerChannel, script: string) => void

/** Asks a server that does `onExec` with each program. */
async function ask(onExec: OnExec, attempt: Duration): Promise<void> {
  const server = new ssh2.Server({ hostKeys: [newSshKey().private] }, client => {
    client.on('error', () => {})
    client.on('authentication', context => context.accept())
    client.on('session', accept =>
      accept().on('exec', (agree, _refuse, { command }) => onExec(agree as () => ServerChannel, command)),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const hostKeys = { kind: 'pinned', pin: new HostKeyPin() } as const
  try {
    await using shell = SshShell.open({ host: '127.0.0.1', port, user: 'root', password: 'x', config: '', hostKeys })
    await shell.run(sh`echo`, { attempt })
  } finally {
    server.close()
  }
}

/** The agent is not to be had: one channel for each command. */
const withoutBash =
  (use: (channel: ServerChannel) => void): OnExec =>
  (accept, script) => {
    const channel = accept()
    channel.on('error', () => {})
    if (!script.includes('exec bash')) return use(channel)
    channel.exit(127)
    channel.end()
  }

const flood = (channel: ServerChannel): void => {
  const chunk = Buffer.alloc(1024 * 1024)
  const pour = (): void => {
    while (!channel.destroyed && channel.write(chunk)) {}
  }
  channel.on('drain', pour)
  pour()
}

const SHORT = milliseconds(1500)

for (const [what, onExec, attempt, Kind, words] of [
  ['opens no channel', () => {}, SHORT, ConnectionLost, /did not say in time whether it opens a channel/],
  ['opens one and says nothing', accept => void accept(), SHORT, ConnectionLost, /no answer from the other end within/],
  ['speaks without an end', withoutBash(flood), seconds(60), EnvironmentBroken, /printed more than 64 MB/],
] as const satisfies readonly (readonly [string, OnExec, Duration, unknown, RegExp])[])
  test(`one that ${what}`, { timeout: 90_000 }, () =>
    assert.rejects(ask(onExec, attempt), (error: unknown) => error instanceof Kind && words.test(error.message)),
  )
