import assert from 'node:assert/strict'
import test from 'node:test'
import { UsageError } from '../../../core/errors.ts'
import { minutes } from '../../../core/time/duration.ts'
import { type ThenAsked, wantedThen } from './ways.ts'

const TARGET = { target: 'ssh://root@192.0.2.4:2222', yes: 't14' }
const wanted = (way: string | undefined, rest: Omit<ThenAsked, 'then'> = {}) =>
  wantedThen('t14', { ...rest, ...(way === undefined ? {} : Object.fromEntries([['then', way]])) }, '/project')

test('a way, a target and a name', () => {
  const { way, plan, after, yes } = wanted('switch', TARGET) ?? assert.fail('nothing is wanted')
  assert.deepEqual([way, plan.name, plan.host, plan.port, plan.user], ['switch', 't14', '192.0.2.4', 2222, 'root'])
  assert.deepEqual([after, yes], [minutes(10), 't14'])
  assert.equal(wanted('rebuild', TARGET)?.way, 'rebuild')
  assert.deepEqual(wanted('switch', { ...TARGET, rollbackAfter: minutes(2) })?.after, minutes(2))
})

test('nothing is done that was not asked for', () => assert.equal(wanted(undefined), undefined))

for (const [what, way, rest, words] of [
  ['deploy-rs', 'deploy', TARGET, /evaluates the flake again[\s\S]*nix copy --to/],
  [
    'colmena',
    'colmena',
    TARGET,
    /gate t14 --target ssh:\/\/root@192\.0\.2\.4:2222 --then switch\n[^\n]*NIX_SSHOPTS='-p 2222' nix copy --to ssh:\/\/root@192\.0\.2\.4 SYSTEM;/,
  ],
  ['colmena, without a target', 'colmena', { yes: 't14' }, /verdict: nix copy --to ssh:\/\/root@t14 SYSTEM;/],
  ['disko-install', 'disko-install', TARGET, /again[\s\S]*--then install\n.*SCRIPT && nixos-install .*--system SYSTEM/],
  ['what there is not', 'swich', TARGET, /no such way[\s\S]*install, switch or rebuild\n +Got +swich/],
  ['no target', 'switch', { yes: 't14' }, /--target ssh:\/\/root@host/],
  ['another name', 'switch', { ...TARGET, yes: 't15' }, /Expected +t14\n +Got +t15/],
  ['an image', 'switch', { ...TARGET, target: 'image:/x' }, /reached by ssh/],
  ['a way back of rebuild', 'rebuild', { ...TARGET, rollbackAfter: minutes(2) }, /--then switch/],
  ['a name without a way', undefined, { yes: 't14' }, /--yes says nothing here/],
] as const)
  test(`refused: ${what}`, () =>
    assert.throws(
      () => wanted(way, rest),
      (error: unknown) => error instanceof UsageError && words.test(error.message),
    ))

test('a tarball lies where it was called; only an installation has one, and none of level vm', () => {
  assert.equal(wanted('install', { ...TARGET, kexec: 'k.tar' })?.kexec, '/project/k.tar')
  assert.equal(wanted('install', TARGET)?.kexec, undefined)
  assert.throws(() => wanted('switch', { ...TARGET, kexec: 'k.tar' }), /--kexec says nothing here/)
  assert.throws(() => wanted('install', { ...TARGET, level: 'vm' }), /no GO for a wipe/)
})
