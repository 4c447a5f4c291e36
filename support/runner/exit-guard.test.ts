import assert from 'node:assert/strict'
import test from 'node:test'
import vm from 'node:vm'
import { guardExit } from './exit-guard.ts'

const guarded = (call: () => void): string => {
  using _ = guardExit(place => {
    throw new Error(`caught at ${place}`)
  })
  try {
    call()
    return 'not caught'
  } catch (error) {
    return (error as Error).message
  }
}

test('process.exit of other code is caught, with its place', () => {
  const script = new vm.Script('\nprocess.exit(0)', { filename: '/project/features/steps/web.ts' })
  assert.equal(
    guarded(() => script.runInThisContext()),
    'caught at /project/features/steps/web.ts:2:9',
  )
})

test('and nothing is left of the guard', () => {
  const before = process.exit
  guarded(() => {})
  assert.equal(process.exit, before)
})
