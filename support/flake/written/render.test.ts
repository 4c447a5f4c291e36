import assert from 'node:assert/strict'
import test from 'node:test'
import { golden } from '../../core/testing/golden.ts'
import { emptyFlake, type FlakePlan, withHost, withModule } from '../plan/flake-plan.ts'
import { renderWrapper } from '../wrapper.ts'
import { HOSTS_FILE, renderFlake } from './render.ts'

const textOf = (plan: FlakePlan, path: string): string =>
  renderFlake(plan).find(file => file.path === path)?.text ?? assert.fail(`no ${path}`)

test('the thin root is as the golden says', () => golden('flake-root.nix', textOf(emptyFlake, 'flake.nix')))

test('the hosts are as the golden says, and nothing in a name is read as code', () => {
  const one = withHost(emptyFlake, 't14', ['base', 'sshd', 'simon'])
  const two = withHost(one, 'a"b${builtins.abort "x"}\\', ['c"; d', '${e}'])
  golden('flake-hosts.nix', textOf(two, HOSTS_FILE))
})

test('an empty flake has its root and nothing else', () =>
  assert.deepEqual(
    renderFlake(emptyFlake).map(({ path }) => path),
    ['flake.nix'],
  ))

test('modules keep their text and stand below modules/', () => {
  const [, file] = renderFlake(withModule(emptyFlake, 'nixos/web.nix', '{ # ${x}\n}'))
  assert.deepEqual(file, { path: 'modules/nixos/web.nix', text: '{ # ${x}\n}\n' })
})

test('the wrapper is as the golden says, and the reference cannot leave its quotes', () => {
  const flake = 'git+file:///home/s/"a${b}"?dir=x'
  golden('flake-wrapper.nix', renderWrapper({ flake, nixosShellInput: undefined }, false))
  golden('flake-wrapper-own-shell.nix', renderWrapper({ flake: 'path:/srv/x', nixosShellInput: 'shell' }, false))
})
