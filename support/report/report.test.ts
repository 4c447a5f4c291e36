import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { AttachmentContentEncoding, type Envelope } from '@cucumber/messages'
import { FakeClock } from '../core/clock.ts'
import { golden } from '../core/testing/golden.ts'
import { renderHtml } from './html/page.ts'
import { renderJunit } from './junit.ts'
import type { Report } from './report.ts'
import { OBSERVATION_MEDIA_TYPE } from './results/observation.ts'
import { exitCodeOf, type Outcome } from './results/outcome.ts'
import { Results } from './results/results.ts'
import { PrettyReport } from './terminal/pretty.ts'
import { Terminal } from './terminal/terminal.ts'
import { type Judged, verdictLine, verdictOf } from './verdict.ts'

const { IDENTITY } = AttachmentContentEncoding
const fixtures = join(import.meta.dirname, '../../fixtures')
const recorded = readFileSync(join(fixtures, 'transcripts/mixed-run/messages.ndjson'), 'utf8')
  .trimEnd()
  .split('\n')
  .map(line => JSON.parse(line) as Envelope)

function fold(envelopes: readonly Envelope[]): Results {
  const results = new Results()
  for (const envelope of envelopes) results.accept(envelope)
  return results
}

function report(results: Results, more: Partial<Judged> = {}): Report {
  const verdict = verdictOf({ results, inputs: 'real', machines: ['web'], dryRun: false, ...more })
  return {
    results,
    verdict,
    run: {
      format: 1,
      tool: { name: 'nixcumber', version: '1.2.3', node: '20.19.0' },
      command: ['run', '--tags', '<b>'],
      inputs: more.inputs ?? 'real',
      start: '2026-05-01T12:00:00.000Z',
      end: '2026-05-01T12:01:30.000Z',
      exitCode: verdict.exitCode,
      flake: { reference: '.', revision: '0123456789abcdef', narHash: 'sha256-AAAA' },
      toplevels: { web: '/nix/store/00000000000000000000000000000000-nixos-system-web' },
      machines: { web: { driver: 'nixos-shell', transport: 'serial', accelerator: 'tcg', 'seconds to ready': 18.5 } },
      notes: ['/dev/kvm does not answer: the machine is emulated'],
    },
    transcripts: [{ path: 'evidence/web/console.log', text: '[    0.0] Linux </pre><script>\r\n', bytes: 40 }],
  }
}

test('the JUnit report of a mixed run', () => golden('mixed-run.junit.xml', renderJunit(report(fold(recorded)))))
test('the HTML report of a mixed run', () => golden('mixed-run.report.html', renderHtml(report(fold(recorded)))))

test('the console of a mixed run, without a terminal', () => {
  let text = ''
  const terminal = new Terminal({ write: more => (text += more) }, new FakeClock())
  const results = new Results()
  const pretty = new PrettyReport(terminal, results)
  for (const envelope of recorded) {
    results.accept(envelope)
    pretty.accept(envelope)
  }
  pretty.end(report(results).verdict, 90_000, ['report.html'])
  golden('mixed-run.console.txt', text)
})

test('nothing hostile is markup in the HTML report', () => {
  const page = renderHtml(report(fold(recorded)))
  assert.doesNotMatch(page, /<script|<img|onerror=alert\(1\)>/)
  assert.match(page, /Content-Security-Policy/)
})

/** The recorded run, with what every step has seen. */
function withObservation(seen: string): Results {
  const body = JSON.stringify({ subject: 'nginx.service on web', wanted: 'active', seen })
  const saw = ({ testCaseStartedId, testStepId }: NonNullable<Envelope['testStepFinished']>): Envelope => ({
    attachment: { testCaseStartedId, testStepId, body, mediaType: OBSERVATION_MEDIA_TYPE, contentEncoding: IDENTITY },
  })
  return fold(recorded.flatMap(each => (each.testStepFinished ? [saw(each.testStepFinished), each] : [each])))
}

test('what a step has seen is no attachment: beside what held it stands small, and nowhere else', () => {
  const results = withObservation('active <since> 5 s')
  const step = results.scenarios[1]?.steps.find(({ hook }) => !hook)
  assert.deepEqual(step?.observation, { subject: 'nginx.service on web', wanted: 'active', seen: 'active <since> 5 s' })
  assert.ok(results.scenarios.every(({ steps }) => steps.every(({ attachments }) => attachments.every(isShown))))
  const page = renderHtml(report(results))
  assert.match(page, /the page is asked for <small class="seen">active &lt;since&gt; 5 s<\/small>/)
  assert.doesNotMatch(page, /vnd\.nixcumber/)
  assert.equal(renderJunit(report(results)), renderJunit(report(fold(recorded))))
})

test('what says no more than the sentence, or is long, does not stand beside it', () => {
  for (const seen of ['active', 'the page', 'x'.repeat(101), 'two\nlines', ' '])
    assert.doesNotMatch(renderHtml(report(withObservation(seen))), /asked for <small/, seen)
})

const isShown = ({ mediaType }: { mediaType: string }): boolean => mediaType !== OBSERVATION_MEDIA_TYPE

test('a stream that breaks off leaves the running scenario unfinished, and could not check', () => {
  const first = recorded.findIndex(({ testStepStarted }) => testStepStarted)
  const broken = fold(recorded.slice(0, first + 1))
  assert.equal(broken.scenarios.length, 11)
  assert.ok(broken.scenarios.every(({ outcome }) => outcome === 'unfinished'))
  assert.equal(verdictOf({ results: broken, inputs: 'real', machines: [], dryRun: false }).exitCode, 3)
  assert.doesNotThrow(() => renderHtml(report(broken)) + renderJunit(report(broken)))
})

const codes: readonly (readonly [readonly Outcome[], number, string])[] = [
  [['held', 'held'], 0, 'all held'],
  [['held', 'skipped'], 0, 'some left out'],
  [['held', 'failed'], 1, 'one not met'],
  [['error', 'failed'], 1, 'not met and could not check'],
  [['refused', 'held'], 2, 'an unknown sentence'],
  [['refused', 'failed'], 1, 'refused and not met'],
  [['held', 'error'], 3, 'could not check'],
  [['skipped'], 3, 'all left out: nothing was judged'],
  [[], 2, 'nothing to run'],
]
for (const [outcomes, code, when] of codes)
  test(`exit code ${code}: ${when}`, () => assert.equal(exitCodeOf(outcomes), code))

const held = (): Results => {
  const results = fold(recorded)
  for (const scenario of results.scenarios) scenario.outcome = 'held'
  return results
}

const verdicts: readonly (readonly [Partial<Judged>, string])[] = [
  [{}, 'GO  web: 11 scenarios held'],
  [{ inputs: 'offline' }, 'GO (rehearsal with offline inputs)  web: 11 scenarios held'],
  [{ machines: [] }, 'GO  11 scenarios held'],
  [{ stopped: 130 }, 'STOPPED  web: 11 scenarios held'],
  [{ dryRun: true, machines: [] }, 'STEPS KNOWN  11 scenarios'],
]
for (const [judged, line] of verdicts)
  test(`verdict: ${line}`, () =>
    assert.equal(
      verdictLine(verdictOf({ results: held(), inputs: 'real', machines: ['web'], dryRun: false, ...judged })),
      line,
    ))
