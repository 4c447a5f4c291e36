import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import test from 'node:test'
import { RUN_OPTIONS } from '../cli/options.ts'
import { RunFolder, type RunStart } from '../record/run/run-folder.ts'
import { REPORT_FILES, REPORTS } from '../report/formats.ts'
import { Results } from '../report/results/results.ts'
import { fold, recorded } from '../report/testing/reports.ts'
import { verdictOf } from '../report/verdict.ts'
import { writeReports } from './write-reports.ts'

const start: RunStart = {
  tool: { name: 'nixcumber', version: '1.2.3', node: '20.19.0' },
  command: ['run'],
  inputs: 'real',
  start: '2026-05-01T12:00:00.000Z',
}

test('every registered report is written, explained by the help, and gone when a new run begins in its place', t => {
  const out = mkdtempSync(join(tmpdir(), 'reports-'))
  t.after(() => rmSync(out, { recursive: true }))
  const results = new Results()
  const verdict = verdictOf({ results, inputs: 'real', machines: [], dryRun: false })
  const folder = RunFolder.open(out, start, REPORT_FILES)
  const opened = writeReports({ folder, results, verdict, redact: text => text })
  folder.close()
  const help = RUN_OPTIONS.find(({ flags }) => flags.startsWith('--out'))?.help ?? ''
  for (const { file } of REPORTS) {
    assert.ok(readFileSync(join(out, file), 'utf8').length > 0, file)
    assert.ok(help.includes(file), file)
  }
  assert.deepEqual(
    opened.map(path => basename(path)),
    REPORTS.filter(({ audience }) => audience === 'people').map(({ file }) => file),
  )
  RunFolder.open(out, start, REPORT_FILES).close()
  assert.deepEqual(
    REPORT_FILES.filter(file => existsSync(join(out, file))),
    [],
  )
})

test('a message names a file in the run’s folder; the page links to it from beside it, with secrets taken out of what it shows', t => {
  const out = mkdtempSync(join(tmpdir(), 'my reports-'))
  t.after(() => rmSync(out, { recursive: true }))
  const folder = RunFolder.open(out, start, REPORT_FILES)
  const console = join(folder.evidence('machines'), 'web.console.log')
  writeFileSync(console, 'the password is correct-horse')
  const results = fold(recorded)
  const step = results.scenarios.flatMap(({ steps }) => steps).find(({ error }) => error)
  Object.assign(step ?? {}, {
    ours: true,
    error: { type: 'x', message: `web is off\n\n  Evidence   console: ${console}` },
  })
  const verdict = verdictOf({ results, inputs: 'real', machines: [], dryRun: false })
  writeReports({ folder, results, verdict, redact: text => text.replace('correct-horse', '***') })
  folder.close()
  const page = readFileSync(join(out, 'report.html'), 'utf8')
  const link = '<a href="evidence/machines/web.console.log">evidence/machines/web.console.log</a>'
  assert.ok(page.includes(`<dd>console: ${link}</dd>`))
  assert.ok(page.includes('the password is ***') && !page.includes('correct-horse') && !page.includes(out))
})

test('scripts rely on the names of these files', () =>
  assert.deepEqual(REPORT_FILES.toSorted(), ['junit.xml', 'report.html', 'results.json']))
