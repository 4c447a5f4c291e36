import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken, ExpectationNotMet } from '../core/errors.ts'
import { silentProgress } from '../core/progress.ts'
import { type StageLine, Stages } from './stages.ts'

function stages() {
  const told: StageLine[] = []
  const made = new Stages({ target: 't14 (ssh://root@t14)', progress: silentProgress, tell: line => told.push(line) })
  return { told, made }
}
const COPY = { name: 'copy', does: 'copies the closure', otherwise: 'nothing was changed' }

test('a stage is written down before it begins, and when it is over', async () => {
  const { told, made } = stages()
  using _ = made
  const result = await made.go({
    ...COPY,
    async run() {
      assert.deepEqual(
        told.map(({ stage, does, otherwise, target }) => [stage, does, otherwise, target]),
        [['copy', 'copies the closure', 'nothing was changed', 't14 (ssh://root@t14)']],
      )
      return 5
    },
  })
  assert.equal(result, 5)
  assert.equal(told.length, 2)
  assert.equal(typeof told[1]?.milliseconds, 'number')
  assert.equal(told[1]?.error, undefined)
})

test('what fails says what is true of the target, and keeps its exit code', async () => {
  for (const error of [new EnvironmentBroken('no answer\nmore'), new ExpectationNotMet('no answer\nmore')]) {
    const { told, made } = stages()
    using _ = made
    const failing = made.go({ ...COPY, run: () => Promise.reject(error) })
    await assert.rejects(failing, (thrown: unknown) => {
      assert.ok(thrown instanceof Error && 'exitCode' in thrown)
      assert.equal(thrown.exitCode, error.exitCode)
      assert.match(thrown.message, /^no answer\nmore\n\n {2}Stage +copy\n {2}Target +t14 .*: nothing was changed$/)
      return true
    })
    assert.equal(told[1]?.error, 'no answer')
    assert.equal(told[1]?.otherwise, 'nothing was changed')
  }
})

test('a stage that cannot be written down does not begin', async () => {
  const full = (): never => {
    throw new EnvironmentBroken('the disk is full')
  }
  using made = new Stages({ target: 't14', progress: silentProgress, tell: full })
  await assert.rejects(made.go({ ...COPY, run: () => assert.fail('it has begun') }), /the disk is full/)
})

test('ended in between, it says in which state the target is', () => {
  const file = join(import.meta.dirname, 'stages.ts')
  const program = `
    import { Stages } from ${JSON.stringify(file)}
    const progress = { start: () => ({ update() {}, done() {} }), note() {} }
    const stages = new Stages({ target: 't14', progress, tell: line => console.log(JSON.stringify(line)) })
    await stages.go({ name: 'copy', does: 'copies', otherwise: 'nothing was changed', run: () => process.exit(130) })`
  const words = ['--import', 'tsx', '--input-type=module', '-e', program]
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  assert.equal(status, 130, stderr)
  assert.match(stderr, /Ended while copy was under way\n\n {2}Target +t14: nothing was changed/)
  assert.match(stdout, /"error":"Ended while copy was under way"/)
})
