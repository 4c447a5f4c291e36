import assert from 'node:assert/strict'
import test from 'node:test'
import { isStateOfLack } from './state-of-lack.ts'

for (const text of [
  'failed (exit-code)',
  'inactive (dead)',
  'activating (auto-restart)',
  'the system is degraded',
  'is still being started',
  'keeps restarting',
  'exit code 1',
  'exit code 203',
])
  test(`may lack something: ${text}`, () => assert.equal(isStateOfLack(text), true))

for (const text of ['active (running)', 'exit code 0', 'deadline', 'reactivating', 'did not have "Restart" set'])
  test(`lacks nothing: ${text}`, () => assert.equal(isStateOfLack(text), false))
