import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken } from '../core/errors.ts'
import { command } from './command.ts'

const result = (exitCode: number, stderr = '') => ({
  exitCode,
  stdout: Buffer.from('out\n'),
  stderr: Buffer.from(stderr),
})

test('what a command said is a fact, whatever its exit code is', () =>
  assert.deepEqual(command.parse(result(3, 'err\n'), 'x'), {
    exitCode: 3,
    stdout: 'out\n',
    stderr: 'err\n',
    bytes: { stdout: Buffer.from('out\n'), stderr: Buffer.from('err\n') },
  }))

test('one that failed where the kernel may have stood in its way could not be checked', () =>
  assert.throws(
    () => command.parse({ ...result(1), hindered: { by: 'net', line: 'cat: /x: Permission denied' } }, 'cat /x'),
    (error: unknown) => {
      assert.ok(error instanceof EnvironmentBroken)
      assert.equal(
        error.message,
        `The kernel kept the command from what it wanted to do: the host is only looked at

  Observed   cat: /x: Permission denied
  Next       if it changes something: --allow NAME=changes; if it only looks, it needs root, or more than a look is given (docs/live-hosts.md)`,
      )
      return true
    },
  ))

test('a look that needs the mounts or a disk runs beside the net, and nothing that changes them does', () => {
  assert.deepEqual(command.command('findmnt /'), { script: 'findmnt /', unconfined: true })
  assert.deepEqual(command.command('id -un'), { script: 'id -un' })
  assert.deepEqual(command.command('findmnt /; rm x'), { script: 'findmnt /; rm x' })
})

test('one that was refused something as a user who is not root could not be checked', () =>
  assert.throws(
    () => command.parse({ ...result(0), hindered: { by: 'user', line: 'iptables: Permission denied' } }, 'x'),
    /^EnvironmentBroken: The command was refused something for want of rights: its user is not root, and what it says proves nothing\n\n {2}Observed {3}iptables: Permission denied\n {2}Next {7}enter as root/,
  ))

test('a look that hides what it says on standard error brings along how it would show it', () => {
  assert.deepEqual(command.command('id -un 2>/dev/null'), {
    script: 'id -un 2>/dev/null',
    hides: { shown: 'id -un 2>&2' },
  })
  assert.deepEqual(command.command('findmnt / 2>&1'), {
    script: 'findmnt / 2>&1',
    hides: { shown: 'findmnt / 2>&2' },
    unconfined: true,
  })
})
