import assert from 'node:assert/strict'
import { readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { Project, type Started } from '../cli/testing/started.ts'
import { processesOfTries, run } from '../cli/testing/tiny-runs.ts'
import { until } from '../machine/testing/processes.ts'

/** Ids of the QEMUs of a run: they carry the mark of its state directory, as their wrappers do. */
const qemusOf = (started: Started): number[] =>
  started.stateDirs
    .flatMap(processesOfTries)
    .filter(pid => readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('qemu-system'))

const HOLDS = `
  Scenario: holds
    Given machine "tiny" is running
    Then the command "echo hello" prints "hello"
`

/** Every message is a whole line, and run.json one text, whenever the run ended. */
function assertWhole(project: Project, folder: string): void {
  const lines = project.read(`${folder}/messages.ndjson`).split('\n')
  assert.equal(lines.pop(), '', folder)
  for (const line of lines) JSON.parse(line)
  JSON.parse(project.read(`${folder}/run.json`))
}

test('a QEMU that is killed in the middle of a step: could not check, the console named; the next scenario has a new one', async () => {
  using project = new Project()
  project.write(
    'features/tiny.feature',
    `Feature: Tiny
  Scenario: is lost
    Given machine "tiny" is running
    When I run "echo dozing >/dev/console; sleep 600"
    Then it succeeds
${HOLDS}`,
  )
  using started = run(project, '--out', 'out')
  const log = join(project.folder, 'out/evidence/machines/tiny.console.log')
  await started.says('ready after')
  assert.ok(await until(() => readFileSync(log, 'utf8').includes('dozing\r\n')))
  for (const pid of qemusOf(started)) process.kill(pid, 'SIGKILL')
  assert.equal(await started.ended, 3, started.output)
  assert.match(started.output, /Machine "tiny" was lost/)
  assert.match(started.output, /QEMU +killed by SIGKILL/)
  assert.ok(started.output.includes(log), started.output)
  assert.match(started.output, /✓ holds/)
})

test('a guest that hangs: the step ends at its own bound and says so, and the run goes on', async () => {
  using project = new Project()
  project.write(
    'features/tiny.feature',
    `Feature: Tiny
  Scenario: hangs
    Given machine "tiny" is running
    When I run "echo dozing >/dev/console; sleep 600" within 10 seconds
    Then it succeeds
  Scenario: elsewhere
    Then it holds
`,
  )
  project.write('features/steps/words.mjs', "import { Then } from 'nixcumber'\nThen('it holds', () => {})\n")
  using started = run(project, '--out', 'out')
  const log = join(project.folder, 'out/evidence/machines/tiny.console.log')
  await started.says('ready after')
  assert.ok(await until(() => readFileSync(log, 'utf8').includes('dozing\r\n')))
  for (const pid of qemusOf(started)) process.kill(pid, 'SIGSTOP')
  assert.equal(await started.ended, 3, started.output)
  assert.match(started.output, /Machine "tiny" does not answer/)
  assert.ok(started.output.includes(log), started.output)
  assert.match(started.output, /✓ elsewhere/)
})

test('a console flooded at full speed: other answers still come, and the memory of the runner is bounded', async () => {
  using project = new Project()
  project.write(
    'features/tiny.feature',
    `Feature: Tiny
  Scenario: floods
    Given machine "tiny" is running
    When I run "yes | head -c 300000 >/dev/console"
    Then it succeeds
    And the command "echo hello" prints "hello"
`,
  )
  using started = run(project, '--out', 'out')
  assert.equal(await started.ended, 0, started.output)
  const { peakMemoryMiB } = JSON.parse(project.read('out/run.json')) as { peakMemoryMiB: number }
  assert.ok(peakMemoryMiB < 400, `${peakMemoryMiB} MiB`)
  const log = readFileSync(join(project.folder, 'out/evidence/machines/tiny.console.log'))
  assert.ok(log.length > 300_000, `${log.length} bytes`)
})

test('two runs at once in one folder: both end well, each with a folder of its own, and latest is one of them', async () => {
  using project = new Project()
  project.write('features/flake.feature', 'Feature: Nothing\n  Scenario: holds\n    Then it holds\n')
  project.write('features/steps/words.mjs', "import { Then } from 'nixcumber'\nThen('it holds', () => {})\n")
  const all = Array.from({ length: 4 }, () => run(project))
  const codes = await Promise.all(all.map(({ ended }) => ended))
  assert.deepEqual(codes, [0, 0, 0, 0], all.map(({ output }) => output).join('\n'))
  assert.equal(project.runs.length, 4)
  for (const folder of project.runs) {
    assertWhole(project, folder)
    assert.match(project.read(`${folder}/run.json`), /"verdict": "GO/)
  }
  const latest = readlinkSync(join(project.folder, '.nixcumber/runs/latest'))
  assert.ok(project.runs.includes(join('.nixcumber/runs', latest)), latest)
})
