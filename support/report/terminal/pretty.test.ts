import assert from 'node:assert/strict'
import test from 'node:test'
import { styleText } from 'node:util'
import { FakeClock } from '../../core/time/clock.ts'
import { Results } from '../results/results.ts'
import { recorded } from '../testing/reports.ts'
import type { Verdict } from '../verdict.ts'
import { PrettyReport } from './pretty.ts'
import { Terminal } from './terminal.ts'

/** What is told when the first scenario begins. @param count places with a sentence that no step has */
function begun(count: number): string {
  let text = ''
  const results = new Results()
  const pretty = new PrettyReport(new Terminal({ write: more => (text += more) }, new FakeClock()), results)
  for (const envelope of recorded) {
    results.accept(envelope)
    if (envelope.testCaseStarted) {
      results.unknown.clear()
      for (let line = 1; line <= count; line++) results.unknown.add(`a.feature:${line}`)
    }
    pretty.accept(envelope)
    if (envelope.testCaseStarted) return text
  }
  throw new Error('nothing has begun')
}

test('sentences that no step has are told before the first scenario: five places, and that there are more only where there are', () => {
  const five = 'a.feature:1, a.feature:2, a.feature:3, a.feature:4, a.feature:5'
  assert.ok(begun(1).includes('1 sentence that no step has: a.feature:1; nixcumber run --dry-run'), begun(1))
  assert.ok(begun(5).includes(`5 sentences that no step has: ${five}; nixcumber run --dry-run`), begun(5))
  assert.ok(begun(6).includes(`6 sentences that no step has: ${five}, …; nixcumber run --dry-run`), begun(6))
  assert.ok(!begun(0).includes('no step has'), begun(0))
})

/** The last line of a run that ended so. */
function ended(verdict: Verdict, isPartOfGate: boolean): string {
  let text = ''
  const terminal = new Terminal({ write: more => (text += more) }, new FakeClock())
  new PrettyReport(terminal, new Results(), { isPartOfGate }).end(verdict, 1500, [])
  return text.trim()
}

const GO: Verdict = { word: 'GO', exitCode: 0, restriction: '', summary: '1 scenario held' }
const NO_GO: Verdict = { word: 'NO-GO', exitCode: 1, restriction: '', summary: '1 scenario did not hold' }

test('a run says its word, but no GO where the gate looks at more than the run', () => {
  assert.equal(ended(GO, false), 'GO  1 scenario held  (1.5 s)')
  assert.equal(ended(GO, true), 'HELD  1 scenario held  (1.5 s)')
  assert.equal(ended(NO_GO, true), 'NO-GO  1 scenario did not hold  (1.5 s)')
})

test('green is what held and what was only read, red is NO-GO alone, and yellow whatever leaves the question open', t => {
  const { FORCE_COLOR } = process.env
  t.after(() => {
    if (FORCE_COLOR === undefined) delete process.env.FORCE_COLOR
    else process.env.FORCE_COLOR = FORCE_COLOR
  })
  process.env.FORCE_COLOR = '1'
  const begins = (verdict: Verdict, isPartOfGate: boolean, shown: string, colour: 'green' | 'red' | 'yellow') => {
    const wanted = styleText(['bold', colour], shown, { validateStream: false })
    const said = ended(verdict, isPartOfGate)
    assert.ok(said.startsWith(wanted), JSON.stringify(said))
  }
  for (const word of ['GO', 'STEPS KNOWN'] as const) begins({ ...GO, word }, false, word, 'green')
  for (const word of ['COULD NOT CHECK', 'REFUSED', 'STOPPED', 'NOTHING TO DO'] as const)
    begins({ ...GO, word }, false, word, 'yellow')
  begins(NO_GO, false, 'NO-GO', 'red')
  begins(GO, true, 'HELD', 'green')
})
