import { type Claim, claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import { HOLD } from '../../../expect/not.ts'
import type { LogFacts } from '../../../kubernetes/pods/logs.ts'
import { known } from '../../../probe/fact.ts'
import { JOURNAL_LIMIT } from '../../../probe/units/journal-search.ts'
import { wantedLine } from '../../wanted-text.ts'

/** @throws UsageError for what every line contains, and for what no line can */
export const logsContain = (text: string): Expectation<LogFacts> =>
  ofLogs({
    wanted: `"${wantedLine(text)}"`,
    missed: `did not contain "${text}"`,
    holds: ({ matches }) => matches.length > 0,
  })

/** Of what has been started: what has not begun has not logged anything yet, and may at any time. */
export const logsLack = (text: string): Expectation<LogFacts> =>
  ofLogs({
    wanted: `no "${wantedLine(text)}"`,
    missed: `contained "${text}"`,
    hold: HOLD,
    holds: ({ matches }) => matches.length === 0,
  })

const ofLogs = (parts: Omit<Claim<LogFacts>, 'seen'>): Expectation<LogFacts> =>
  claim({
    unknown: notFound,
    absent: ({ pods }) => pods === 0,
    between: ({ started }) => (started === 0 ? 'were not there: no container has been started' : undefined),
    seen,
    state: ({ matches }) => (matches.length > 0 ? 'there' : 'not there'),
    ...parts,
  })

function notFound({ matches, otherwise, isPart }: LogFacts): string | undefined {
  if (matches.length > 0) return undefined
  if (isPart) return `they are longer than what is searched, ${JOURNAL_LIMIT >> 20} MiB`
  return otherwise && `they have that as ${otherwise}, without saying so`
}

function seen({ matches, newest, pods, started, namespace, hasNamespace }: LogFacts): string {
  if (matches.length > 0) return matches.join('\n')
  if (pods === 0) return known(hasNamespace) === false ? `there is no namespace ${namespace}` : 'there is no such pod'
  if (started === 0) return 'no container has been started'
  return newest.length > 0 ? `other lines, the newest:\n${newest.join('\n')}` : 'no line'
}
