import assert from 'node:assert/strict'
import test from 'node:test'
import ssh2 from 'ssh2'
import { newSshKey } from './ssh-key.ts'

test('a key that cannot be read again is not given out', () => {
  const good = newSshKey()
  const made = [{ ...good, private: good.private.replace(/\n.{40}/, '\n') }, good]
  assert.ok(ssh2.utils.parseKey(made[0]?.private ?? '') instanceof Error)
  assert.equal(
    newSshKey('x', () => made.shift() ?? good),
    good,
  )
})

test('keys can be read, all of them', () => {
  for (let i = 0; i < 300; i++) assert.ok(!(ssh2.utils.parseKey(newSshKey().private) instanceof Error))
})
