/** A run that was really made, read for a verdict. */
import assert from 'node:assert/strict'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { EnvironmentBroken, UsageError } from '../core/errors.ts'
import { Results } from '../report/results/results.ts'
import { renderResults } from '../report/results-json.ts'
import { judge } from './judge.ts'
import { nothingRun, runEvidence } from './run-evidence.ts'
import { good } from './testing/document.ts'

const RECORDED = join(import.meta.dirname, '../../fixtures/transcripts/mixed-run/messages.ndjson')
const TOPLEVEL = good().toplevel.path
const OTHER = TOPLEVEL.replace('aaa', 'bbb')
const RUN = {
  ...{ format: 1, tool: { name: 'nixcumber', version: '0', node: '20' }, command: ['gate'], inputs: 'real' },
  ...{ start: '2026-05-02T03:30:00Z', end: '2026-05-02T03:31:00Z', exitCode: 1, notes: [] },
  features: { hash: `sha256-${'7'.repeat(64)}` },
  toplevels: { t14: TOPLEVEL, db1: OTHER, laptop: TOPLEVEL },
  machines: {
    t14: { driver: 'nixos-shell', accelerator: 'kvm', qemuVersion: '10.0.1' },
    db1: { driver: 'nixos-shell', accelerator: 'kvm', qemuVersion: '9.0.0' },
    laptop: { driver: 'nixos-shell', qemuVersion: '10.0.1' },
  },
  differences: { t14: [{ option: 'fileSystems', host: 'a', why: 'its own' }] },
}

function recorded(t: TestContext, run: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'))
  t.after(() => rmSync(folder, { recursive: true }))
  cpSync(RECORDED, join(folder, 'messages.ndjson'))
  const results = new Results()
  for (const line of readFileSync(RECORDED, 'utf8').split('\n').filter(Boolean)) results.accept(JSON.parse(line))
  writeFileSync(join(folder, 'results.json'), renderResults({ results }))
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...RUN, ...run }))
  return folder
}

const NOW = new Date('2026-05-02T04:00:00Z')
const ABOUT = { names: ['t14'], toplevel: TOPLEVEL, waivers: [], now: NOW }

test('every scenario is counted once, by how it ended', async t => {
  const folder = recorded(t)
  const { results, features, qemu } = await runEvidence(folder, ABOUT)
  const { scenarios } = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'))
  const outcomes = Object.values(scenarios as Record<string, { outcome: string }>).map(({ outcome }) => outcome)
  for (const [outcome, count] of Object.entries(results.counts))
    assert.equal(count, outcomes.filter(each => each === outcome).length, outcome)
  assert.ok(results.counts.held > 0 && results.counts.failed > 0 && results.counts.error > 0)
  assert.deepEqual([results.exitCode, features, qemu], [1, RUN.features.hash, '10.0.1'])
})

test('machines of the host are told by name or by what they ran, and no other', async t => {
  const { machines } = await runEvidence(recorded(t), ABOUT)
  assert.deepEqual(Object.keys(machines), ['t14', 'laptop'])
  assert.deepEqual(machines.t14, {
    ...{ driver: 'nixos-shell', accelerator: 'kvm', toplevels: [TOPLEVEL], diskScript: null },
    differences: [{ option: 'fileSystems', host: 'a', machine: null, why: 'its own' }],
  })
  assert.equal(machines.laptop?.accelerator, null)
})

test('another system that the machine had in between is told, and one that was never ready', async t => {
  const between = await runEvidence(recorded(t, { otherToplevels: { t14: [OTHER] } }), ABOUT)
  assert.deepEqual(between.machines.t14?.toplevels, [TOPLEVEL, OTHER])
  const never = await runEvidence(recorded(t, { toplevels: {}, machines: { t14: { memoryMiB: 1 } } }), ABOUT)
  assert.deepEqual([never.machines.t14?.driver, never.machines.t14?.toplevels], ['never ready', []])
})

test('a waiver in force is told with what it is for, and one that is over is not', async t => {
  const folder = recorded(t)
  const { scenarios } = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'))
  const [key = ''] =
    Object.entries(scenarios as Record<string, { outcome: string }>).find(([, { outcome }]) => outcome === 'held') ?? []
  const waivers = (until: string) => [{ scenario: key, reason: 'known', until }]
  assert.deepEqual((await runEvidence(folder, { ...ABOUT, waivers: waivers('2026-05-02') })).results.waived, [key])
  assert.deepEqual((await runEvidence(folder, { ...ABOUT, waivers: waivers('2026-05-01') })).results.waived, [])
})

for (const [what, spoil] of [
  ['without results', (folder: string) => rmSync(join(folder, 'results.json'))],
  [
    'with fewer results than scenarios',
    (folder: string) => writeFileSync(join(folder, 'results.json'), '{"format":1,"scenarios":{}}'),
  ],
  [
    'whose last message is half written',
    (folder: string) => appendFileSync(join(folder, 'messages.ndjson'), '{"testCase'),
  ],
  [
    'that came to no end',
    (folder: string) => writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...RUN, exitCode: undefined })),
  ],
] as const)
  test(`of a run ${what} nothing is said`, async t => {
    const folder = recorded(t)
    spoil(folder)
    await assert.rejects(runEvidence(folder, ABOUT), EnvironmentBroken)
  })

test('a run without messages is none', async t => {
  const folder = recorded(t)
  rmSync(join(folder, 'messages.ndjson'))
  await assert.rejects(runEvidence(folder, ABOUT), UsageError)
})

test('where nothing was run there is no GO', () => {
  const { word: _word, reasons: _reasons, ...evidence } = good()
  assert.equal(judge({ ...evidence, ...nothingRun(), features: evidence.features }).word, 'NO-GO')
})

test('what was installed says by which script its disks were laid out', async t => {
  const { diskScript } = good()
  const installed = { driver: 'installed', diskScript: diskScript?.path ?? '' }
  const { machines } = await runEvidence(recorded(t, { machines: { t14: installed } }), ABOUT)
  assert.deepEqual([machines.t14?.driver, machines.t14?.diskScript], ['installed', diskScript?.path])
})
