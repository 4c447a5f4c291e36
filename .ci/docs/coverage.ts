/** docs/coverage.md: by which answers of a machine each Then sentence is proved. */
import { type Claims, KINDS } from '../../support/claim/rows/row.ts'
import { NOT_ASKED, OPEN, TABLES } from '../../support/claim/rows/tables.ts'
import { abbreviated } from '../../support/cli/commands/steps.ts'
import type { Sentence } from '../../support/cucumber/catalogue.ts'
import { code, page, table } from './generated.ts'

const INTRODUCTION = `What a sentence means is proved by rows: an answer that a machine may give, and what becomes of the sentence then, judged
by the step that runs on machines. The rows stand beside the claims, \`support/claim/**/*.rows.ts\`; \`npm run check\` fails for a Then sentence
without them. The numbers say how many rows of each kind there are.

- **so**, **not so**: the machine is as the sentence says, or is not.
- **absent**: there is nothing of which the sentence could speak. Only sentences about existence hold then.
- **unreadable**, **tool missing**, **cut off**: the look failed, or may not be; the program that looks is not there; only a part of the answer
  came, or none in time. Then nothing is known, and the sentence, negated or not, *could not be checked*.
- **hostile**: names and contents that are made to be taken for something else.`

const CLAIMS: ReadonlyMap<string, Claims> = new Map(Object.values(TABLES).flatMap(Object.entries))

export function coveragePage(sentences: readonly Sentence[]): string {
  const thens = sentences.filter(({ pattern }) => CLAIMS.has(pattern) || OPEN.includes(pattern))
  const domains = [...new Set(thens.map(({ domain }) => domain))]
  const parts = domains.map(domain =>
    domainSection(
      domain,
      thens.filter(each => each.domain === domain),
    ),
  )
  const others = Object.entries(NOT_ASKED).map(([domain, why]) => `- ${domain}: ${why}`)
  return page(['# Coverage', INTRODUCTION, ...parts, '## Not asked', others.join('\n')])
}

function domainSection(domain: string, sentences: readonly Sentence[]): string {
  const cells = sentences.map(({ sentence, pattern }) => [
    code(abbreviated(sentence)),
    ...KINDS.map(kind => countOf(CLAIMS.get(pattern), kind)),
  ])
  const reasons = sentences.flatMap(({ pattern }) => Object.entries(CLAIMS.get(pattern)?.without ?? {}))
  const told = [...new Set(reasons.map(([kind, why]) => `- no ${kind}: ${why}`))]
  return [`## ${domain}`, table(['sentence', ...KINDS], cells), ...(told.length > 0 ? [told.join('\n')] : [])].join(
    '\n\n',
  )
}

function countOf(claims: Claims | undefined, kind: (typeof KINDS)[number]): string {
  if (!claims) return 'open'
  return kind in (claims.without ?? {}) ? '–' : String(claims.rows.filter(row => row[0] === kind).length)
}
