import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { requireNoTrees } from './trees.ts'

test('a host whose programs the look-alike has not is not booted, and that is said', () => {
  requireNoTrees('t14', [])
  assert.throws(
    () => requireNoTrees('control', ['kubernetes']),
    error =>
      error instanceof EnvironmentBroken &&
      /^Host "control" cannot be booted offline: .* of kubernetes/.test(error.message),
  )
})
