import { type Command, sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import { notPermitted } from './not-permitted.ts'
import type { Probe } from './probe.ts'
import { answers, inSections, lines } from './sections.ts'

export interface JournalQuery {
  /** Full name; the whole journal when absent. */
  readonly unit?: string
  /** Searched in the machine, so that a long journal costs no transport. */
  readonly pattern: { readonly text: string } | { readonly regex: string }
}

export interface JournalFacts {
  /** The newest lines that match, at most a few. */
  readonly matches: readonly string[]
  /** The newest lines of all. */
  readonly newest: readonly string[]
  readonly unitExists: boolean
}

/** The journal since this boot, of one unit (exactly that one) or of all. */
export const journal: Probe<JournalQuery, JournalFacts> = {
  budget: seconds(30),
  attempt: seconds(15),
  describe: ({ unit }) => (unit ? `the journal of ${unit}` : 'the journal'),
  command: ({ unit, pattern }) =>
    inSections(
      sh`${read(unit)} | grep ${'text' in pattern ? '-F' : '-E'} -e ${'text' in pattern ? pattern.text : pattern.regex} | tail -n 3`,
      sh`${read(unit)} --lines 3`,
      unit ? sh`systemctl show --property LoadState --value -- ${unit}` : sh`:`,
      READABLE,
    ),
  parse(result, query) {
    const [matches, newest, loadState, readable] = answers(result, journal.describe(query), 4)
    if (readable?.text !== 'open')
      throw notPermitted(journal.describe(query), 'there is none, or this user may not read it')
    return { matches: lines(matches?.text), newest: lines(newest?.text), unitExists: loadState?.text !== 'not-found' }
  },
  evidence: ({ unit }) => ({ name: 'journal', command: sh`${read(unit)} --lines 20` }),
}

/** Others than root see their own lines only, and are not told so with --quiet (journalctl(1), systemd-journald.service(8) "Files"). */
const READABLE = sh`for log in /var/log/journal/*/system.journal /run/log/journal/*/system.journal; do if [ -r "$log" ]; then echo open; break; fi; done`

const read = (unit: string | undefined): Command =>
  sh`journalctl --boot --quiet --no-pager --output cat ${unit ? ['--unit', unit] : []}`
