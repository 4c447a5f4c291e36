import assert from 'node:assert/strict'
import test from 'node:test'
import { NotSupported } from '../../core/errors.ts'
import { refuseClosedSsh } from './closed-ssh.ts'

const refusal = (plan: Parameters<typeof refuseClosedSsh>[1]): string => {
  try {
    refuseClosedSsh('t14', plan)
    return ''
  } catch (error) {
    assert.ok(error instanceof NotSupported, String(error))
    return error.message
  }
}

test('a host without an sshd says so, and what helps', () =>
  assert.equal(
    refusal({ sshd: false }),
    `Machine "t14" cannot be asked over ssh: its host has no sshd

  Expected   services.openssh.enable = true in the host
  Next       ask it over serial, which needs nothing of the host: --over serial`,
  ))

test('each thing that keeps root out has a line', () =>
  assert.equal(
    refusal({ sshd: true, sshForbidden: ['services.openssh.x = no: root may not log in', 'y = [ ]: closed'] }),
    `Machine "t14" cannot be asked over ssh: its host lets no key of root in

  Observed   services.openssh.x = no: root may not log in
             y = [ ]: closed
  Next       ask it over serial, which needs nothing of the host: --over serial`,
  ))

test('one that lets it in, and one of which nothing is known, are asked', () =>
  assert.deepEqual([refusal({ sshd: true, sshForbidden: [] }), refusal({})], ['', '']))
