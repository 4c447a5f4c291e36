import assert from 'node:assert/strict'
import test from 'node:test'
import { newSshKey } from '../core/values/ssh-key.ts'
import type { Hop } from '../shell/ssh/route.ts'
import { knownHostsText, sshConfig } from './ssh-config.ts'

const hop = (host: string, rest: Partial<Hop> = {}): Hop => ({
  ...{ name: host, host, port: 22, user: 'root', identities: [], knownHosts: [] },
  ...rest,
})
const key = Buffer.from(newSshKey().public.split(' ')[1] ?? '', 'base64')

test('the target is reached through its jumps, each with its own user, port and keys', () => {
  const way = [
    { hop: hop('jump.example', { user: 'simon', port: 2222, agent: '/run/agent.sock' }), key },
    { hop: hop('fd00::1', { identities: ['/home/simon/my keys/id', '/k/100%'] }), key },
  ]
  assert.equal(
    sshConfig(way, '/tmp/known_hosts').split('Host *')[0],
    `Host nixcumber-jump-1
  HostName jump.example
  Port 2222
  User simon
  HostKeyAlias nixcumber-jump-1
  IdentityFile none
  IdentityAgent /run/agent.sock

Host nixcumber-target
  HostName fd00::1
  Port 22
  User root
  HostKeyAlias nixcumber-target
  ProxyJump nixcumber-jump-1
  IdentityFile "/home/simon/my keys/id"
  IdentityFile /k/100%%
  IdentityAgent none
  IdentitiesOnly yes

`,
  )
})

test('host keys are checked always, against what was seen and nothing else', () => {
  const text = sshConfig([{ hop: hop('t14'), key }], '/tmp/known_hosts')
  assert.match(text, /\nHost \*\n {2}StrictHostKeyChecking yes\n {2}GlobalKnownHostsFile \/dev\/null\n/)
  assert.match(text, /UserKnownHostsFile \/tmp\/known_hosts\n$/)
  assert.equal(knownHostsText([{ hop: hop('t14'), key }]), `nixcumber-target ssh-ed25519 ${key.toString('base64')}\n`)
})
