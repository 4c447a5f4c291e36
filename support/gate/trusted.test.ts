import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { EnvironmentBroken, UsageError } from '../core/errors.ts'
import { trustedSigners } from './trusted.ts'

interface Place {
  readonly home: string
  readonly flake: string
  readonly own: string
  readonly env: NodeJS.ProcessEnv
}

function place(t: TestContext): Place {
  const home = mkdtempSync(join(tmpdir(), 'trusted-'))
  t.after(() => rmSync(home, { recursive: true }))
  const [own, flake] = [join(home, '.config/nixcumber'), join(home, 'flake')]
  for (const folder of [own, flake]) mkdirSync(folder, { recursive: true })
  return { home, flake, own, env: { HOME: home } }
}
const write = (file: string): string => {
  writeFileSync(file, '')
  return file
}

test('the list of the caller is taken, and the revoked where there are some', t => {
  const { own, flake, env } = place(t)
  const allowed = write(join(own, 'allowed_signers'))
  assert.deepEqual(trustedSigners({ judged: [flake], env }), { allowed })
  const revoked = write(join(own, 'revoked_signers'))
  assert.deepEqual(trustedSigners({ judged: [flake], env }), { allowed, revoked })
})

test('XDG_CONFIG_HOME says where it is', t => {
  const { home, env } = place(t)
  mkdirSync(join(home, 'xdg/nixcumber'), { recursive: true })
  const allowed = write(join(home, 'xdg/nixcumber/allowed_signers'))
  assert.deepEqual(trustedSigners({ judged: [], env: { ...env, XDG_CONFIG_HOME: join(home, 'xdg') } }), { allowed })
})

test('without a list it could not be checked', t => {
  const { env } = place(t)
  assert.throws(() => trustedSigners({ judged: [], env }), EnvironmentBroken)
})

test('a list that was named and is not there is refused', t => {
  const { home, env } = place(t)
  assert.throws(() => trustedSigners({ allowed: join(home, 'none'), judged: [], env }), UsageError)
  const allowed = write(join(home, 'list'))
  assert.throws(() => trustedSigners({ allowed, revoked: join(home, 'none'), judged: [], env }), UsageError)
})

test('a list in the flake that is judged is refused, by a link too', t => {
  const { home, flake, env } = place(t)
  const inside = write(join(flake, 'signers'))
  symlinkSync(inside, join(home, 'link'))
  const own = write(join(home, '..flake'))
  for (const allowed of [inside, join(home, 'link')])
    assert.throws(() => trustedSigners({ allowed, judged: [flake], env }), /part of the flake that is judged/)
  assert.throws(() => trustedSigners({ allowed: own, revoked: inside, judged: [flake], env }), /part of the flake/)
  assert.deepEqual(trustedSigners({ allowed: own, judged: [flake], env }), { allowed: own })
})
