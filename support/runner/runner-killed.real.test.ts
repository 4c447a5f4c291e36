import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { Project } from '../cli/testing/started.ts'
import { processesOfTries, run } from '../cli/testing/tiny-runs.ts'
import { systemClock } from '../core/time/clock.ts'
import { milliseconds } from '../core/time/duration.ts'
import { until } from '../machine/testing/processes.ts'

const MACHINE = `
  Scenario: holds
    Given machine "tiny" is running
    Then the command "echo hello" prints "hello"
`
/** Many messages, some of them longer than a page of memory. */
const TALK = Array.from({ length: 40 }, (_, i) => `\n  Scenario: number ${i}\n    Then much is said\n`).join('')
const TALKING = `import { Then } from 'nixcumber'
Then('much is said', async function () {
  for (let i = 0; i < 3; i += 1) this.attach('x'.repeat(20_000), { mediaType: 'text/plain' })
  await new Promise(resolve => setImmediate(resolve))
})
`

/** A run with a machine takes long, and has fewer of them; each run of the tests has others. */
for (const [what, scenarios, moments] of [
  ['a run without a machine', TALK, 10],
  ['a run with a machine', MACHINE, 5],
] as const)
  test(`kill -9 at ${moments} random moments of ${what} leaves nothing, and the next run works at once`, async t => {
    using project = new Project()
    project.write('features/run.feature', `Feature: Run\n${scenarios}`)
    project.write('features/steps/talking.mjs', TALKING)
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
    t.diagnostic(`SEED=${seed}`)
    const random = randomFrom(seed)

    const started = performance.now()
    using whole = run(project)
    assert.equal(await whole.ended, 0, whole.output)
    const took = performance.now() - started

    for (let i = 0; i < moments; i += 1) {
      // One in each part of the run, so that loading, booting, asking and reporting all have theirs.
      const moment = ((i + random()) / moments) * took
      using killed = run(project)
      await systemClock.wait(milliseconds(moment))
      const state = killed.stateDirs
      killed.kill('SIGKILL')
      await killed.ended
      await assertNothingLeft(state, `${Math.round(moment)} of ${Math.round(took)} ms, SEED=${seed}`)
    }
    for (const folder of project.runs) assertWhole(project, folder)

    using next = run(project)
    assert.equal(await next.ended, 0, next.output)
    assert.doesNotMatch(next.output, /removed what an earlier run left/)
  })

async function assertNothingLeft(state: readonly string[], when: string): Promise<void> {
  for (const path of state) {
    assert.ok(await until(() => !existsSync(path)), `no socket and no disk is left: ${when}`)
    assert.deepEqual(processesOfTries(path), [], `no process is left: ${when}`)
  }
}

/** Every message is a whole line, and run.json one text, whenever the run ended; a run may end before it wrote anything. */
function assertWhole(project: Project, folder: string): void {
  const text = (name: string): string | undefined =>
    existsSync(join(project.folder, folder, name)) ? project.read(`${folder}/${name}`) : undefined
  const lines = text('messages.ndjson')?.split('\n') ?? ['']
  assert.equal(lines.pop(), '', folder)
  for (const line of lines) JSON.parse(line)
  JSON.parse(text('run.json') ?? '{}')
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}
