import assert from 'node:assert/strict'
import test from 'node:test'
import { ExpectationNotMet } from '../core/errors.ts'
import { hookHasThrown } from './hook-fault.ts'

const wrapped = (cause: unknown): Error =>
  new Error('a BeforeAll hook errored, process exiting: features/steps/x.ts:3', { cause })

test('a hook of the whole run is named with its place, and what it threw with where', () => {
  const said =
    /^The BeforeAll hook at features\/steps\/x\.ts:3 has thrown\n[\s\S]*Error: no disk\n[\s\S]*hook-fault\.test/
  assert.throws(() => hookHasThrown('BeforeAll')(wrapped(new Error('no disk'))), { exitCode: 3, message: said })
})

test('what a hook says by a class of ours decides whose fault it is', () =>
  assert.throws(() => hookHasThrown('AfterAll')(wrapped(new ExpectationNotMet('It leaks'))), {
    exitCode: 1,
    message: /It leaks$/,
  }))

test('what is no hook stays what it is', () => {
  const other = new Error('other')
  assert.throws(() => hookHasThrown('AfterAll')(other), other)
})
