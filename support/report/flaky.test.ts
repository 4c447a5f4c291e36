import assert from 'node:assert/strict'
import test from 'node:test'
import { type Envelope, TestStepResultStatus } from '@cucumber/messages'
import { FakeClock } from '../core/time/clock.ts'
import { renderHtml } from './html/page.ts'
import { renderJunit } from './junit.ts'
import { OUTCOME_MEDIA_TYPE } from './results/outcome.ts'
import { Results } from './results/results.ts'
import { renderResults } from './results-json.ts'
import { PrettyReport } from './terminal/pretty.ts'
import { Terminal } from './terminal/terminal.ts'
import { fold, recorded, reportOf } from './testing/reports.ts'

const NAME = 'The page is served by nginx'
const SAID = 'nginx.service on web was not active within 60 s'

const isOf = (id: string, each: Envelope): boolean =>
  each.testCaseStarted?.id === id || JSON.stringify(each).includes(`"testCaseStartedId":"${id}"`)

/** The recorded run, in which one scenario is tried twice; the second time it holds. */
function retried(holds: boolean): Envelope[] {
  const pickle = recorded.find(each => each.pickle?.name === NAME)?.pickle?.id
  const testCase = recorded.find(each => each.testCase?.pickleId === pickle)?.testCase?.id
  const id = recorded.find(each => each.testCaseStarted?.testCaseId === testCase)?.testCaseStarted?.id ?? 'none'
  const first = recorded.filter(each => isOf(id, each))
  const at = recorded.indexOf(first.at(-1) as Envelope)
  const again = first.map(each => JSON.parse(JSON.stringify(each).replaceAll(id, 'second')) as Envelope)
  const second = again.flatMap(each => {
    if (each.testCaseStarted) return [{ testCaseStarted: { ...each.testCaseStarted, attempt: 1 } }]
    if (holds && each.attachment?.mediaType === OUTCOME_MEDIA_TYPE) return []
    if (!holds || !each.testStepFinished) return [each]
    const { duration } = each.testStepFinished.testStepResult
    return [
      {
        testStepFinished: {
          ...each.testStepFinished,
          testStepResult: { duration, status: TestStepResultStatus.PASSED },
        },
      },
    ]
  })
  const before = recorded
    .slice(0, at + 1)
    .map(each =>
      each === first.at(-1) && each.testCaseFinished
        ? { testCaseFinished: { ...each.testCaseFinished, willBeRetried: true } }
        : each,
    )
  return [...before, ...second, ...recorded.slice(at + 1)]
}

function terminalOf(envelopes: readonly Envelope[]): string {
  let text = ''
  const results = new Results()
  const pretty = new PrettyReport(new Terminal({ write: more => (text += more) }, new FakeClock()), results)
  for (const envelope of envelopes) {
    results.accept(envelope)
    pretty.accept(envelope)
  }
  return text
}

test('what held at a second try is flaky, with the words of the first: terminal', () => {
  const text = terminalOf(retried(true))
  assert.match(text, new RegExp(`✗ ${NAME}  tried again.*\\n(.*\\n){1,4}\\s+${SAID}`))
  assert.match(text, new RegExp(`✓ ${NAME}  \\(attempt 2\\)  flaky`))
})

test('it is counted in the verdict', () => {
  assert.match(reportOf(fold(retried(true))).verdict.summary, / held \(1 flaky\)$/)
  assert.doesNotMatch(reportOf(fold(retried(false))).verdict.summary, /flaky/)
})

test('JUnit has it as a flaky failure, and as one that ran again where it never held', () => {
  const held = renderJunit(reportOf(fold(retried(true))))
  assert.match(held, new RegExp(`<flakyFailure type="failed" message="${SAID}">[^<]*Observed`))
  assert.match(held, /<testsuites [^>]*flakes="1"/)
  const failed = renderJunit(reportOf(fold(retried(false))))
  assert.match(failed, new RegExp(`<rerunFailure type="failed" message="${SAID}">`))
  assert.match(failed, /<testsuites [^>]*flakes="0"/)
})

test('results.json says so, and what was said first', () => {
  const entry = (holds: boolean) => {
    const { scenarios } = JSON.parse(renderResults({ results: fold(retried(holds)) })) as {
      scenarios: Record<string, { outcome: string; flaky?: boolean; earlier?: string[] }>
    }
    return Object.entries(scenarios).find(([key]) => key.includes(NAME))?.[1]
  }
  assert.deepEqual({ flaky: entry(true)?.flaky, earlier: entry(true)?.earlier }, { flaky: true, earlier: [SAID] })
  assert.deepEqual(
    { flaky: entry(false)?.flaky, earlier: entry(false)?.earlier },
    { flaky: undefined, earlier: [SAID] },
  )
})

test('the page names it among what needs a look, and shows both tries', () => {
  const page = renderHtml(reportOf(fold(retried(true))))
  assert.match(page, new RegExp(`<span class="reason">flaky: ${SAID}</span>`))
  assert.match(page, /<span class="tag flaky">flaky<\/span>/)
  assert.match(page, new RegExp(`Attempt 1</p><div class="message failed">[\\s\\S]*?${SAID}`))
  assert.match(page, /<p class="summary">[^<]*\(1 flaky\)/)
})
