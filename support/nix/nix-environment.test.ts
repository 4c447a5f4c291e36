import assert from 'node:assert/strict'
import test from 'node:test'
import { nixEnvironment, withUsersConfig } from './nix-environment.ts'

const env = {
  HOME: '/home/s',
  SSH_AUTH_SOCK: '/run/agent',
  GIT_SSH_COMMAND: 'ssh -i key',
  NIX_SSHOPTS: '-p 2222',
  GIT_CONFIG_GLOBAL: '/home/s/git',
  https_proxy: 'http://p',
  XDG_CONFIG_HOME: '/home/s/c',
  NIX_CONFIG: 'access-tokens = github.com=t',
  NIX_REMOTE: 'daemon',
  GIT_ASKPASS: '/bin/ask',
  SECRET: 'x',
}
const of = (origin: 'host' | 'toolbox', impure = false) => nixEnvironment({ origin, impure, cacheDir: '/c', env })

for (const origin of ['host', 'toolbox'] as const)
  test(`what opens private inputs passes through to the ${origin}'s Nix`, () => {
    const { HOME, SSH_AUTH_SOCK, GIT_SSH_COMMAND, NIX_SSHOPTS, GIT_CONFIG_GLOBAL, https_proxy, SECRET } = of(origin)
    assert.deepEqual(
      { HOME, SSH_AUTH_SOCK, GIT_SSH_COMMAND, NIX_SSHOPTS, GIT_CONFIG_GLOBAL, https_proxy, SECRET },
      {
        HOME: env.HOME,
        SSH_AUTH_SOCK: env.SSH_AUTH_SOCK,
        GIT_SSH_COMMAND: env.GIT_SSH_COMMAND,
        NIX_SSHOPTS: env.NIX_SSHOPTS,
        GIT_CONFIG_GLOBAL: env.GIT_CONFIG_GLOBAL,
        https_proxy: env.https_proxy,
        SECRET: undefined,
      },
    )
  })

test('the host’s Nix has the user’s settings, the toolbox’s has its own beside them', () => {
  assert.equal(of('host').NIX_CONFIG, env.NIX_CONFIG)
  assert.equal(of('host').NIX_REMOTE, 'daemon')
  assert.equal(of('toolbox').NIX_REMOTE, undefined)
  assert.equal(of('toolbox').GIT_ASKPASS, undefined)
  assert.equal(withUsersConfig(['sandbox = false'], env), 'access-tokens = github.com=t\nsandbox = false')
  assert.equal(withUsersConfig(['sandbox = false'], {}), 'sandbox = false')
})

test('impure evaluation sees no home; git asks for nothing at the terminal', () => {
  assert.equal(of('host', true).HOME, undefined)
  assert.equal(of('host').GIT_TERMINAL_PROMPT, '0')
})
