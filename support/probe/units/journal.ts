import { type Command, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { notPermitted } from '../not-permitted.ts'
import type { Probe } from '../probe.ts'
import { answers, C_LOCALE, inSections, lines, succeeded } from '../sections.ts'
import { parseSystemState, SYSTEM_STATE, type SystemState } from '../system/system-state.ts'
import { type Found, foundOf, PLAIN, SHOWN, search, type Wanted } from './journal-search.ts'

export interface JournalQuery {
  /** Full name; the whole journal when absent. */
  readonly unit?: string
  readonly pattern: Wanted
}

export interface JournalFacts extends Found {
  /** The newest lines of all. */
  readonly newest: readonly string[]
  readonly unitExists: boolean
  /** Asked when there is no such unit: it may still come. */
  readonly system: SystemState
}

/** The journal since this boot, of one unit (exactly that one, by whatever name) or of all. */
export const journal: Probe<JournalQuery, JournalFacts> = {
  budget: seconds(30),
  attempt: seconds(15),
  describe: ({ unit }) => (unit ? `the journal of ${unit}` : 'the journal'),
  command: ({ unit, pattern }) => sh`${whose(unit)}
${inSections(
  newestOf(READ),
  sh`printf '%s\n' "$load"; exit $asked`,
  READABLE,
  sh`case $load in not-found) ${SYSTEM_STATE};; *) echo running;; esac`,
  ...search(READ, pattern),
)}`,
  parse(result, query) {
    const what = journal.describe(query)
    const [newest, load, readable, state, ...found] = answers(result, what, 4 + search(READ, query.pattern).length)
    if (readable?.text !== 'open') throw notPermitted(what, 'there is none, or this user may not read it')
    for (const each of found) succeeded(each, what, result)
    return {
      ...foundOf(found, query.pattern, result),
      newest: lines(succeeded(newest, what, result)),
      unitExists: succeeded(load, what, result) !== 'not-found',
      system: parseSystemState(state, result),
    }
  },
  evidence: ({ unit }) => ({ name: 'journal', command: sh`${whose(unit)}\n${READ} --lines 20` }),
}

/**
 * Sets the arguments that choose the unit's lines, and `load` to what systemd knows of it. The journal knows a unit by its own name only: an
 * alias is asked for by both. A unit with a namespace (LogNamespace=) has a journal of its own.
 */
const whose = (unit: string | undefined): Command =>
  unit === undefined
    ? sh`${{ script: C_LOCALE }}
set -- ; load=all asked=0`
    : sh`${{ script: C_LOCALE }}
known=$(systemctl show --property Id,LoadState,LogNamespace -- ${unit}); asked=$? id= load= space=
while IFS='=' read -r key value; do
case $key in Id) id=$value;; LoadState) load=$value;; LogNamespace) space=$value;; esac
done <<< "$known"
set -- --unit ${unit} \${id:+--unit "$id"} \${space:+"--namespace=+$space"}`

/** For showing: the newest lines of a unit, with their times, from wherever they are kept. */
export const newestLines = (unit: string): Command => sh`${whose(unit)}
journalctl --boot --quiet --no-pager --output short-monotonic --lines 20 "$@"`

/** Lines as they were logged, of any bytes and length. */
const READ = sh`journalctl --boot --quiet --no-pager --all --output cat "$@"`

const newestOf = (read: Command): Command => sh`set -o pipefail; ${read} --lines ${SHOWN} | ${PLAIN}`

/**
 * Others than root see their own lines only, and are not told so with --quiet (journalctl(1), systemd-journald.service(8) "Files"). A
 * namespace has files of its own, once something was logged there; until then the machine's say whether this user may read.
 */
const READABLE = sh`found= own=
for log in /var/log/journal/*/system.journal /run/log/journal/*/system.journal; do
case \${space:+$log} in *."$space"/system.journal) [ -e "$log" ] && own=there && [ -r "$log" ] && found=own;; esac
[ "$own" ] || { [ -r "$log" ] && found=open; }
done
case $own:$found in :open|there:own) echo open;; esac`
