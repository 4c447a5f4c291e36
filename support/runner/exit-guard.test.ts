import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
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

test('so is the call beneath it', () => {
  const script = new vm.Script('process.reallyExit(0)', { filename: '/project/features/steps/web.ts' })
  assert.match(
    guarded(() => script.runInThisContext()),
    /^caught at .*web\.ts:1:9/,
  )
})

const ended = (code: string): number | null =>
  spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], { cwd: import.meta.dirname })
    .status

const UNSEEN = {
  'a promise': 'Promise.resolve(0).then(process.exit)',
  'a promise, beneath it': 'Promise.resolve(0).then(process.reallyExit)',
  'the next tick': 'process.nextTick(process.exit, 0)',
  'a timer': 'setTimeout(process.exit, 0, 0)',
}
for (const [what, code] of Object.entries(UNSEEN))
  test(`a call is caught that is made by ${what}, where no line of other code is seen`, () =>
    assert.equal(ended(`import { guardExit } from './exit-guard.ts'; guardExit(() => 3); ${code}`), 3))

test('a call of our own ends with its code', () =>
  assert.equal(
    ended(
      `import { guardExit, endWith } from './exit-guard.ts'; guardExit(() => 3); Promise.resolve().then(() => endWith(5))`,
    ),
    5,
  ))

const MEDDLING = {
  'process.exitCode': 'process.exitCode = 0',
  'process.exit': 'process.exit(0)',
  'the call beneath it': 'process.reallyExit(0)',
  'a listener of a listener': "process.on('exit', () => { process.exitCode = 0 })",
}
for (const [what, code] of Object.entries(MEDDLING))
  test(`at the end, ${what} in a listener changes no exit code`, () =>
    assert.equal(
      ended(`import { endWith } from './exit-guard.ts'; process.on('exit', () => { ${code} }); endWith(3)`),
      3,
    ))

test('and nothing is left of the guard', () => {
  const before = process.exit
  guarded(() => {})
  assert.equal(process.exit, before)
})
