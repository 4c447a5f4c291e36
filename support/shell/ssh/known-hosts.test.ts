import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import test from 'node:test'
import { knownKeys } from './known-hosts.ts'

const salt = Buffer.from('0123456789abcdefghij')
const hashed = (name: string): string =>
  `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`
const FILE = `# a comment
t14,10.0.0.2 ssh-ed25519 AAAA1 simon@t14
[web.example.org]:2222 ssh-ed25519 AAAA2
*.example.org,!secret.example.org ssh-rsa AAAA3
${hashed('hidden')} ssh-ed25519 AAAA4
@revoked old ssh-ed25519 AAAA5
@cert-authority *.example.org ssh-ed25519 AAAA6

`
const found: readonly [string, number, readonly string[]][] = [
  ['t14', 22, ['AAAA1']],
  ['10.0.0.2', 22, ['AAAA1']],
  ['T14', 22, ['AAAA1']],
  ['t1', 22, []],
  ['t14', 2222, []],
  ['web.example.org', 2222, ['AAAA2']],
  ['web.example.org', 22, ['AAAA3']],
  ['secret.example.org', 22, []],
  ['hidden', 22, ['AAAA4']],
  ['hidde', 22, []],
]
for (const [host, port, keys] of found)
  test(`known_hosts has ${keys.join() || 'nothing'} for ${host} at port ${port}`, () =>
    assert.deepEqual(
      knownKeys(FILE, host, port).map(({ key }) => key),
      keys,
    ))

test('a revoked key is known as such', () =>
  assert.deepEqual(knownKeys(FILE, 'old', 22), [{ type: 'ssh-ed25519', key: 'AAAA5', revoked: true, line: 6 }]))
