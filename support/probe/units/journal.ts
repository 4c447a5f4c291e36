import { gunzipSync } from 'node:zlib'
import { type Command, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { matchingLines } from '../../core/values/pattern.ts'
import { notPermitted } from '../not-permitted.ts'
import type { Probe } from '../probe.ts'
import { type Answer, answers, C_LOCALE, decoded, encoded, inSections, lines, succeeded } from '../sections.ts'
import { parseSystemState, SYSTEM_STATE, type SystemState } from '../system/system-state.ts'

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
  /** Some line has it in Latin-1. */
  readonly asLatin1: boolean
  readonly unitExists: boolean
  /** Asked when there is no such unit: it may still come. */
  readonly system: SystemState
}

/** Of a journal, for patterns: its newest bytes. */
export const JOURNAL_LIMIT = 4_194_304
const SHOWN = 3
/** Bytes of a line that are shown. */
const WIDTH = 2000

/** The journal since this boot, of one unit (exactly that one, by whatever name) or of all. */
export const journal: Probe<JournalQuery, JournalFacts> = {
  budget: seconds(30),
  attempt: seconds(15),
  describe: ({ unit }) => (unit ? `the journal of ${unit}` : 'the journal'),
  command: ({ unit, pattern }) => sh`${whose(unit)}
${inSections(
  'text' in pattern
    ? searched(sh`${pattern.text}`)
    : encoded(sh`set -o pipefail; ${READ} | tail -c ${JOURNAL_LIMIT + 1} | ${PACKED}`),
  newestOf(READ),
  sh`printf '%s\n' "$load"; exit $asked`,
  READABLE,
  sh`case $load in not-found) ${SYSTEM_STATE};; *) echo running;; esac`,
  ...otherwiseSearched(pattern),
)}`,
  parse(result, query) {
    const what = journal.describe(query)
    const [found, newest, load, readable, state, otherwise] = answers(
      result,
      what,
      5 + otherwiseSearched(query.pattern).length,
    )
    if (readable?.text !== 'open') throw notPermitted(what, 'there is none, or this user may not read it')
    succeeded(found, what, result)
    return {
      asLatin1: otherwise !== undefined && succeeded(otherwise, what, result) !== '',
      ...matchesOf(found, query),
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

/** Bytes against bytes: no locale, and no line that counts as binary. grep ends with 1 when nothing matches. */
const searched = (wanted: Command): Command =>
  sh`set -o pipefail; ${READ} | { grep -a -F -e ${wanted}; [ $? -le 1 ]; } | tail -n ${SHOWN} | ${PLAIN}`

/** The same text as older programs print it, in bash's $'…'; undefined where that is nothing else. */
function latin1Of(text: string): Command | undefined {
  const letters = [...text]
  if (letters.every(letter => letter < '\u0080') || letters.some(letter => letter > '\u00ff')) return undefined
  return { script: `$'${letters.map(letter => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}'` }
}

const newestOf = (read: Command): Command => sh`set -o pipefail; ${read} --lines ${SHOWN} | ${PLAIN}`

/** For showing: what a shell's variable can hold, and no more than that of it. */
const PLAIN = sh`tr '\\000' '?' | cut -b 1-${WIDTH}`

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

/** One search more, for a text that has another form. */
function otherwiseSearched(pattern: JournalQuery['pattern']): Command[] {
  const wanted = 'text' in pattern ? latin1Of(pattern.text) : undefined
  return wanted ? [searched(wanted)] : []
}

/** Of lines that are no UTF-8 a pattern may match what they are in Latin-1. */
const matchesLatin1 = (regex: RegExp, bytes: Buffer): boolean =>
  bytes.toString().includes('\ufffd') &&
  matchingLines(
    regex,
    bytes
      .toString('latin1')
      .split('\n')
      .filter(line => !isUtf8(line)),
  ).length > 0

const isUtf8 = (line: string): boolean => !Buffer.from(line, 'latin1').toString().includes('\ufffd')

function matchesOf(
  found: Answer | undefined,
  { pattern }: JournalQuery,
): Pick<JournalFacts, 'matches' | 'isPart'> & Partial<Pick<JournalFacts, 'asLatin1'>> {
  if ('text' in pattern) return { matches: lines(found?.text), isPart: false }
  const bytes = found ? unpacked(decoded(found)) : Buffer.alloc(0)
  const isPart = bytes.length > JOURNAL_LIMIT
  const all = bytes.toString().split('\n')
  // of a part the first line may be a rest, and after the last one there is nothing
  const whole = all.slice(isPart ? 1 : 0, all.at(-1) === '' ? -1 : undefined)
  const matches = matchingLines(pattern.regex, whole).slice(-SHOWN)
  return { matches, isPart, asLatin1: matches.length === 0 && matchesLatin1(pattern.regex, bytes) }
}

const unpacked = (bytes: Buffer): Buffer =>
  bytes.subarray(0, GZIP.length).equals(GZIP) ? gunzipSync(bytes, { maxOutputLength: 2 * JOURNAL_LIMIT }) : bytes
