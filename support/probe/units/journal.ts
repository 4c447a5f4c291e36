import { gunzipSync } from 'node:zlib'
import { type Command, type CommandResult, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { matchingLines } from '../../core/values/pattern.ts'
import { notPermitted } from '../not-permitted.ts'
import type { Probe } from '../probe.ts'
import { type Answer, answers, C_LOCALE, decoded, encoded, inSections, lines, succeeded } from '../sections.ts'
import { parseSystemState, SYSTEM_STATE, type SystemState } from '../system/system-state.ts'
import { UnreadableAnswer } from '../unreadable-answer.ts'
import { END, foundAs, foundIn, matchesAs, PLAIN, SHOWN, searched, searchedInAnyForm } from './journal-search.ts'

export interface JournalQuery {
  /** Full name; the whole journal when absent. */
  readonly unit?: string
  /** A text is searched in the machine, so that a long journal costs no transport; a pattern is JavaScript's, and applied here. */
  readonly pattern: { readonly text: string } | { readonly regex: RegExp }
}

export interface JournalFacts {
  /** The newest lines that match, at most a few. */
  readonly matches: readonly string[]
  /** The newest lines of all. */
  readonly newest: readonly string[]
  /** Only the newest part was searched: what does not match there may stand before it. */
  readonly isPart: boolean
  /** The encoding in which some line has it, when none has it as UTF-8: a line says nothing of how it is encoded. */
  readonly otherwise?: string | undefined
  readonly unitExists: boolean
  /** Asked when there is no such unit: it may still come. */
  readonly system: SystemState
}

/** Of a journal, for patterns: its newest bytes. */
export const JOURNAL_LIMIT = 4_194_304

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
  ...search(pattern),
)}`,
  parse(result, query) {
    const what = journal.describe(query)
    const [newest, load, readable, state, ...found] = answers(result, what, 4 + search(query.pattern).length)
    if (readable?.text !== 'open') throw notPermitted(what, 'there is none, or this user may not read it')
    for (const each of found) succeeded(each, what, result)
    return {
      ...matchesOf(found, query, result),
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

/** A text in any form first: where there is none, one reading has told it all. `$said` is what the section before has said: the end alone. */
const search = (pattern: JournalQuery['pattern']): Command[] =>
  'text' in pattern
    ? [searchedInAnyForm(READ, pattern.text), sh`[ "$said" = ${END} ] || { ${searched(READ, pattern.text)}; }`]
    : [encoded(sh`set -o pipefail; ${READ} | tail -c ${JOURNAL_LIMIT + 1} | ${PACKED}`)]

const newestOf = (read: Command): Command => sh`set -o pipefail; ${read} --lines ${SHOWN} | ${PLAIN}`

/** Five to ten times shorter on its way, where there is gzip. */
const PACKED = sh`{ gzip -1 -c 2>/dev/null || cat; }`
const GZIP = Buffer.from([0x1f, 0x8b])

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

function matchesOf(
  found: readonly Answer[],
  { pattern }: JournalQuery,
  result: CommandResult,
): Pick<JournalFacts, 'matches' | 'isPart' | 'otherwise'> {
  const [any, exact] = found
  if (!('text' in pattern)) return matchesIn(any ? unpacked(decoded(any)) : Buffer.alloc(0), pattern.regex)
  const inAny = foundIn(any?.text ?? '')
  const matches = inAny?.length === 0 ? [] : foundIn(exact?.text ?? '')
  if (!any || !matches) throw new UnreadableAnswer('the journal', result)
  const isOther = matches.length === 0 && inAny?.length !== 0
  return { matches, isPart: false, otherwise: isOther ? foundAs(any.bytes, pattern.text) : undefined }
}

function matchesIn(bytes: Buffer, regex: RegExp): Pick<JournalFacts, 'matches' | 'isPart' | 'otherwise'> {
  const isPart = bytes.length > JOURNAL_LIMIT
  const all = bytes.toString().split('\n')
  // of a part the first line may be a rest, and after the last one there is nothing
  const whole = all.slice(isPart ? 1 : 0, all.at(-1) === '' ? -1 : undefined)
  const matches = matchingLines(regex, whole).slice(-SHOWN)
  return { matches, isPart, otherwise: matches.length === 0 ? matchesAs(regex, bytes) : undefined }
}

const unpacked = (bytes: Buffer): Buffer =>
  bytes.subarray(0, GZIP.length).equals(GZIP) ? gunzipSync(bytes, { maxOutputLength: 2 * JOURNAL_LIMIT }) : bytes
