import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { catalogue } from './catalogue.ts'
import { load } from './embed.ts'
import { renderCatalogue } from './steps.ts'

const ROOT = join(import.meta.dirname, '../..')
const GOLDEN = join(ROOT, 'fixtures/golden/steps.txt')

const loaded = load({
  projectDir: ROOT,
  features: [],
  steps: [],
  selection: { lines: {} },
  names: [],
  dryRun: true,
  failFast: false,
  retry: 0,
})

test('the catalogue is as the golden says: a changed sentence breaks somebody', async () => {
  const text = `${renderCatalogue(catalogue((await loaded).support, ROOT))}\n`
  if (process.env.UPDATE_GOLDEN) writeFileSync(GOLDEN, text)
  assert.equal(text, readFileSync(GOLDEN, 'utf8'))
})

test('every Given and When of ours declares what it does', async () => {
  const { support } = await loaded
  const { stepDefinitions } = support as unknown as {
    stepDefinitions: { keyword: string; unwrappedCode: object; uri: string; line: number }[]
  }
  const silent = stepDefinitions.filter(
    ({ keyword, unwrappedCode }) => keyword !== 'Then' && !('effect' in unwrappedCode),
  )
  assert.deepEqual(
    silent.map(({ uri, line }) => `${uri}:${line}`),
    [],
  )
})

test('no sentence fits two definitions: every example of the catalogue is known once', async () => {
  const { support } = await loaded
  const { stepDefinitions } = support as unknown as { stepDefinitions: { matchesStepName(text: string): boolean }[] }
  const doubled = catalogue(support, ROOT)
    .map(({ example }) => example.split('\n')[0] ?? '')
    .filter(text => stepDefinitions.filter(step => step.matchesStepName(text)).length !== 1)
  assert.deepEqual(doubled, [])
})
