import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { Toolchain } from '../toolchain.ts'
import { Nix } from './nix.ts'

const folder = mkdtempSync(join(tmpdir(), 'nixcumber-nix-'))
test.after(() => rmSync(folder, { recursive: true }))

/** A Nix that ends as the text says; its words are those of the real one. */
function nixThat(name: string, text: string): Nix {
  const program = join(folder, name)
  writeFileSync(program, `#!/bin/sh\n${text}\n`)
  chmodSync(program, 0o755)
  const toolchain = {
    origin: 'host',
    nixVersion: '2.18.1',
    wrap: ([, ...args], { cwd = folder, env = {} } = {}) => ({
      file: program,
      args,
      options: { cwd, env, extendEnv: false },
    }),
  } as Partial<Toolchain> as Toolchain
  return new Nix({ toolchain, logDir: join(folder, `${name}-logs`), cacheDir: folder, offline: false })
}

const UNKNOWN = (word: string): string =>
  `@nix {"action":"msg","level":0,"msg":"\\u001b[31;1merror:\\u001b[0m '${word}' is not a recognised command\\nTry '/usr/bin/nix --help' for more information."}`
const OLD = `case "$*" in
*" show-config accept-flake-config") echo true;;
*) cat >&2 <<'END'
${UNKNOWN('config')}
END
exit 1;;
esac`
const NEW = OLD.replace('show-config', 'config show').replace("'config'", "'show-config'")
const question = { subject: 'the settings of Nix' }

test('a setting is asked as Nix 2.20 and newer want it, and else as older ones do', async () => {
  assert.equal(await nixThat('new', NEW).setting('accept-flake-config', question), 'true')
  assert.equal(await nixThat('old', OLD).setting('accept-flake-config', question), 'true')
  assert.deepEqual(readdirSync(join(folder, 'new-logs')), ['001-config-show.log'])
})

test('what Nix does not say is not known', async () =>
  assert.equal(await nixThat('mute', 'exit 1').setting('accept-flake-config', question), undefined))
