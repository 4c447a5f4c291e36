import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'

const ROOT = join(import.meta.dirname, '../..')

/** In a process of its own: step files register themselves once a process. */
const ASK = `
  import { loadConfiguration, loadSupport } from '@cucumber/cucumber/api'
  import { mayRunBeside } from '${join(import.meta.dirname, 'scenario-runtime.ts')}'
  const provided = { import: [process.env.STEPS], paths: [] }
  const { runConfiguration } = await loadConfiguration({ file: false, provided }, { cwd: '${ROOT}' })
  const rule = mayRunBeside(await loadSupport(runConfiguration, { cwd: '${ROOT}' }))
  console.log(rule({ name: 'alone' }, [{ name: 'x' }]), rule({ name: 'x' }, [{ name: 'x' }]))
`

function asked(steps: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'beside-'))
  try {
    const file = join(folder, 'steps.mjs')
    writeFileSync(file, steps)
    const args = ['--import', 'tsx', '--input-type=module', '-e', ASK]
    return execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', env: { ...process.env, STEPS: file } })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test("a project's setParallelCanAssign decides what may run beside what", () => {
  const cucumber = join(ROOT, 'node_modules/@cucumber/cucumber/lib/index.js')
  const rule = "cucumber.setParallelCanAssign(scenario => scenario.name !== 'alone')"
  assert.equal(asked(`import cucumber from '${cucumber}'\n${rule}\n`), 'false true\n')
})

test('without one everything may', () => assert.equal(asked(''), 'true true\n'))
