import assert from 'node:assert/strict'
import test from 'node:test'
import { bubblewrapArguments, userFolders } from './bubblewrap.ts'

const sandbox = {
  root: '/cache/toolbox',
  nix: '/cache/nix',
  hostFolders: [{ path: '/home' }],
  writable: ['/home/simon/run', '/tmp'],
  cwd: '/home/simon',
  env: { HOME: '/home/simon' },
  kvm: false,
}

test('of the host only folders with users’ files are seen', () => {
  assert.deepEqual(userFolders(['bin', 'etc', 'home', 'nix', 'srv', 'usr', 'work']), ['/home', '/srv', '/work'])
})

test('what is not named writable is bound read-only, and before what is', () => {
  const args = bubblewrapArguments(sandbox, ['nix']).join(' ')
  assert.match(args, /--ro-bind-try \/home \/home .* --bind-try \/tmp \/tmp --bind-try \/home\/simon\/run/)
  assert.doesNotMatch(args, /--bind(-try)? \/home /)
})

test('the program dies with the process that started it and sees only the given environment', () => {
  const args = bubblewrapArguments(sandbox, ['nix', 'eval'])
  assert.ok(args.includes('--die-with-parent'))
  assert.deepEqual(args.slice(args.indexOf('--clearenv')), [
    '--clearenv',
    '--setenv',
    'HOME',
    '/home/simon',
    '--',
    'nix',
    'eval',
  ])
})

test('the KVM device is there only when asked for', () => {
  assert.ok(!bubblewrapArguments(sandbox, ['x']).includes('/dev/kvm'))
  assert.ok(bubblewrapArguments({ ...sandbox, kvm: true }, ['x']).includes('/dev/kvm'))
})

test('a top-level folder that is a link stays one', () => {
  const linked = { ...sandbox, hostFolders: [{ path: '/home', linkTo: 'data/home' }] }
  assert.match(bubblewrapArguments(linked, ['x']).join(' '), /--symlink data\/home \/home/)
})
