import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { HOLD } from '../../expect/not.ts'
import type { JournalFacts, JournalQuery } from '../../probe/units/journal.ts'
import { JOURNAL_LIMIT } from '../../probe/units/journal-search.ts'
import { wantedLine, wantedPattern } from '../wanted-text.ts'
import { whyNoUnit } from './unit-words.ts'

export const journalContains = (query: JournalQuery): Expectation<JournalFacts> =>
  claim({
    wanted: what(query),
    missed: `did not contain ${what(query)}`,
    unknown: notFound,
    absent,
    holds: ({ matches }) => matches.length > 0,
    seen,
    state,
    hopeless: facts => hopeless(facts, query),
  })

export const journalLacks = (query: JournalQuery): Expectation<JournalFacts> =>
  claim({
    wanted: `no ${what(query)}`,
    missed: `contained ${what(query)}`,
    hold: HOLD,
    unknown: notFound,
    absent,
    holds: ({ matches }) => matches.length === 0,
    seen,
    state,
    // what has been logged stays logged
    hopeless: facts => (facts.matches.length > 0 ? 'it is there' : hopeless(facts, query)),
  })

const PART = `it is longer than what is searched, its newest ${JOURNAL_LIMIT >> 20} MiB`

function notFound({ matches, isPart, otherwise }: JournalFacts): string | undefined {
  if (matches.length > 0) return undefined
  if (otherwise !== undefined) return `it has that as ${otherwise}, without saying so`
  return isPart ? PART : undefined
}

/** @throws UsageError for what every line contains, and for what no line can */
function what({ pattern }: JournalQuery): string {
  if ('text' in pattern) return `"${wantedLine(pattern.text)}"`
  return `a line matching ${wantedPattern(pattern.regex).source}`
}

/** A unit that is gone has left its lines; one that is not there and has left none may be a typing error. */
const absent = ({ unitExists, newest }: JournalFacts): boolean => !unitExists && newest.length === 0

const hopeless = (facts: JournalFacts, { unit }: JournalQuery): string | undefined =>
  absent(facts) && unit !== undefined ? whyNoUnit({ name: unit, system: facts.system }) : undefined

function seen(facts: JournalFacts): string {
  const { matches, newest } = facts
  if (matches.length > 0) return matches.join('\n')
  if (newest.length > 0) return `other lines, the newest:\n${newest.join('\n')}`
  return absent(facts) ? 'no such unit' : 'no line since boot'
}

const state = ({ matches }: JournalFacts): string => (matches.length > 0 ? 'there' : 'not there')
