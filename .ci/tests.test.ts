import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { collect } from './tests.ts'

/** Long enough for node and tsx to start and to come to the test that hangs. */
const LIMIT = 20_000
const HEAD = `import test from 'node:test'\ntest('quick', () => {})\n`
const HANGS = `test('hangs', () => new Promise(() => setInterval(() => {}, 1000)))\ntest('after it', () => {})\n`

async function run(text: string, limit = LIMIT) {
  const folder = mkdtempSync(join(tmpdir(), 'tests-of-tests-'))
  const file = join(folder, 'a.test.ts')
  writeFileSync(file, text)
  try {
    return { file, ...(await collect('unit', [file], limit)) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('tests are counted, and each has its time', async () => {
  const { output, file, ...counts } = await run(
    `${HEAD}test.skip('left out', () => {})\ntest.describe('a suite', () => {})\n`,
  )
  assert.equal(output, '')
  assert.deepEqual(
    { ...counts, parts: counts.parts.map(({ name }) => name) },
    { passed: 1, failed: 0, failures: [], skipped: ['left out'], parts: [`${file}: quick`] },
  )
})

test('a test that fails is counted as that, and told again with what it said', async () => {
  const counts = await run(`${HEAD}test('bad', () => { throw new Error('on purpose') })\n`)
  assert.deepEqual([counts.passed, counts.failed], [1, 1])
  assert.match(counts.failures.join('\n'), /: bad\nError: on purpose/)
})

test('a test that hangs is ended at the limit and named, and the run has failed', async () => {
  const { output, file, ...counts } = await run(HEAD + HANGS, 6000)
  assert.equal(counts.failed, 1)
  assert.ok(
    output.endsWith(`FAILED  the unit tests did not end within 6 s\nFAILED  began and did not end: ${file}: hangs`),
  )
})

test('a run that breaks off has failed, though no test has', async () => {
  const counts = await run(`${HEAD}process.exit(3)\n`)
  assert.equal(counts.failed, 1)
  assert.equal(counts.failures.length, 1)
})

test('a test that leaves something in the folder for temporary files has failed, by name', async () => {
  const leaves = `import { mkdtempSync } from 'node:fs'\nimport { tmpdir } from 'node:os'\nmkdtempSync(tmpdir() + '/leaver-')\n`
  const counts = await run(`${leaves}${HEAD}`)
  assert.equal(counts.failed, 1)
  assert.match(counts.output, /FAILED {2}left behind in TMPDIR: leaver-/)
})
