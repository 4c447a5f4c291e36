import assert from 'node:assert/strict'
import test from 'node:test'
import { AttachmentContentEncoding, type Envelope } from '@cucumber/messages'
import { golden } from '../core/testing/golden.ts'
import { FakeClock } from '../core/time/clock.ts'
import { renderHtml } from './html/page.ts'
import { renderJunit } from './junit.ts'
import { OBSERVATION_MEDIA_TYPE } from './results/observation.ts'
import { exitCodeOf, type Outcome } from './results/outcome.ts'
import { Results } from './results/results.ts'
import { PrettyReport } from './terminal/pretty.ts'
import { Terminal } from './terminal/terminal.ts'
import { fold, recorded, reportOf } from './testing/reports.ts'
import { type Judged, verdictLine, verdictOf } from './verdict.ts'

const { IDENTITY } = AttachmentContentEncoding

test('the JUnit report of a mixed run', () => golden('mixed-run.junit.xml', renderJunit(reportOf(fold(recorded)))))
test('the HTML report of a mixed run', () => golden('mixed-run.report.html', renderHtml(reportOf(fold(recorded)))))

test('the console of a mixed run, without a terminal', () => {
  let text = ''
  const terminal = new Terminal({ write: more => (text += more) }, new FakeClock())
  const results = new Results()
  const pretty = new PrettyReport(terminal, results)
  for (const envelope of recorded) {
    results.accept(envelope)
    pretty.accept(envelope)
  }
  pretty.end(reportOf(results).verdict, 90_000, ['report.html'])
  golden('mixed-run.console.txt', text)
})

test('nothing hostile is markup in the HTML report', () => {
  const page = renderHtml(reportOf(fold(recorded)))
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
  const page = renderHtml(reportOf(results))
  assert.match(page, /the page is asked for <small class="seen">active &lt;since&gt; 5 s<\/small>/)
  assert.doesNotMatch(page, /vnd\.nixcumber/)
  assert.equal(renderJunit(reportOf(results)), renderJunit(reportOf(fold(recorded))))
})

test('what says no more than the sentence, or is long, does not stand beside it', () => {
  for (const seen of ['active', 'the page', 'x'.repeat(101), 'two\nlines', ' '])
    assert.doesNotMatch(renderHtml(reportOf(withObservation(seen))), /asked for <small/, seen)
})

const isShown = ({ mediaType }: { mediaType: string }): boolean => mediaType !== OBSERVATION_MEDIA_TYPE

test('a stream that breaks off leaves the running scenario unfinished, and could not check', () => {
  const first = recorded.findIndex(({ testStepStarted }) => testStepStarted)
  const broken = fold(recorded.slice(0, first + 1))
  assert.equal(broken.scenarios.length, 11)
  assert.ok(broken.scenarios.every(({ outcome }) => outcome === 'unfinished'))
  assert.equal(verdictOf({ results: broken, inputs: 'real', machines: [], dryRun: false }).exitCode, 3)
  assert.doesNotThrow(() => renderHtml(reportOf(broken)) + renderJunit(reportOf(broken)))
})

const codes: readonly (readonly [readonly Outcome[], number, string])[] = [
  [['held', 'held'], 0, 'all held'],
  [['held', 'skipped'], 3, 'some left out: they were not judged'],
  [['failed', 'skipped'], 1, 'not met, and some left out'],
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

const leftOut = (): Results => {
  const results = held()
  for (const scenario of results.scenarios.slice(0, 1)) scenario.outcome = 'skipped'
  return results
}

const verdicts: readonly (readonly [Partial<Judged>, string])[] = [
  [{}, 'GO  web: 11 scenarios held'],
  [{ inputs: 'offline' }, 'GO (rehearsal with offline inputs)  web: 11 scenarios held'],
  [{ machines: [] }, 'GO  11 scenarios held'],
  [{ stopped: 130 }, 'STOPPED  web: 11 scenarios held'],
  [{ results: leftOut() }, 'COULD NOT CHECK  web: 1 scenario left out, 10 held'],
  [{ dryRun: true, machines: [] }, 'STEPS KNOWN  11 scenarios'],
]
for (const [judged, line] of verdicts)
  test(`verdict: ${line}`, () =>
    assert.equal(
      verdictLine(verdictOf({ results: held(), inputs: 'real', machines: ['web'], dryRun: false, ...judged })),
      line,
    ))
