/** JUnit XML of a comparison: what is new fails, what is old is shown as skipped, so that a CI server reports the difference. */
import { escapeXml } from '../../report/xml.ts'
import type { Comparison, Problem } from '../comparison.ts'
import * as words from './words.ts'

export function renderComparisonJunit(comparison: Comparison): string {
  const { verdict, newFailures, newErrors, stillFailing, fixed } = comparison
  const errors = newErrors.length + (verdict.word === 'NOT COMPARABLE' ? 1 : 0)
  const cases = [
    ...(verdict.word === 'NOT COMPARABLE' ? [nothing(comparison)] : []),
    ...newFailures.map(each => bad(each, 'failure')),
    ...newErrors.map(each => bad(each, 'error')),
    ...stillFailing.map(each =>
      testcase(each, `<skipped message="${escapeXml(`still failing ${words.age(each)}`)}"/>`),
    ),
    ...fixed.map(({ scenario }) => `<testcase name="${escapeXml(scenario)}" classname="fixed"/>`),
  ]
  const counts = `tests="${cases.length}" failures="${newFailures.length}" errors="${errors}" skipped="${stillFailing.length}"`
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nixcumber compare" ${counts}>
<testsuite name="${escapeXml(comparison.verdict.word)}" timestamp="${escapeXml(comparison.current.start)}" ${counts}>
${cases.join('\n')}
</testsuite>
</testsuites>
`
}

/** No case at all would look green. */
function nothing({ verdict, notComparable }: Comparison): string {
  const reasons = [...new Set(notComparable.map(({ reason }) => reason))].join('; ')
  return `<testcase name="the runs can be compared" classname="nixcumber compare"><error type="error" message="${escapeXml(verdict.summary)}">${escapeXml(reasons)}</error></testcase>`
}

function bad(problem: Problem, kind: 'failure' | 'error'): string {
  const { headline, step, baseline, observed, near, place } = problem
  const told = [
    step,
    headline,
    `Before: ${baseline}`,
    observed && `Now: ${observed}`,
    ...near.map(each => `Near: ${words.change(each)}`),
    place,
  ]
  return testcase(
    problem,
    `<${kind} type="${problem.outcome}" message="${escapeXml(headline)}">${escapeXml(told.filter(Boolean).join('\n'))}</${kind}>`,
  )
}

const testcase = ({ name, feature, machine, place }: Problem, inside: string): string =>
  `<testcase name="${escapeXml(machine === undefined ? name : `${name} (${machine})`)}" classname="${escapeXml(feature)}" file="${escapeXml(place.replace(/:\d+$/, ''))}">${inside}</testcase>`
