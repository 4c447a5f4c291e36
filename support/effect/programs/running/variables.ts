/** Variables that may be set: those that change how something is shown, and those that no program heeds. */
import { unknownWord, type Verdict } from '../../rule/rule.ts'
import type { Seen } from '../../rule/seen.ts'

/** Programs heed these in what they show, and no more. */
const SHOWS =
  /^(LC_[A-Z]+|LANG|LANGUAGE|TZ|COLUMNS|LINES|TERM|NO_COLOR|CLICOLOR|SYSTEMD_COLORS|SYSTEMD_URLIFY|SYSTEMD_LOG_LEVEL|GREP_COLORS?|BLOCKSIZE|BLOCK_SIZE|TIME_STYLE|QUOTING_STYLE|GIT_OPTIONAL_LOCKS|GIT_TERMINAL_PROMPT|XDG_RUNTIME_DIR|DEBIAN_FRONTEND|PGPASSWORD|PGUSER|PGDATABASE|PGPORT|REDISCLI_AUTH)$/
const HARMLESS_VALUE = /^[\w.@:/+,%=-]*$/
/** They may name a program: only none, or one that is known. */
const PAGERS = /^(PAGER|SYSTEMD_PAGER|GIT_PAGER|MANPAGER)$/
/** Names that scripts give to what they keep. No program of the table heeds them. */
const OWN =
  /^([a-z_][a-z0-9_]*|[A-Z]\d?|(DIR|FILE|FILES|HOST|HOSTS|NAME|NAMES|UNIT|UNITS|SERVICE|SERVICES|PORT|PORTS|COUNT|OUT|OUTPUT|RESULT|RET|RC|STATUS|VALUE|VALUES|LINE|TOTAL|MAX|MIN|NOW|THEN|START|STOP|AGE|SIZE|FREE|USED|URL|CODE|EXPECTED|ACTUAL|WANT|GOT)\d?)$/
/** A user's own. */
const BUS = /^unix:path=\/run\/user\/\d+\/bus$/
/** Lower case, and heeded all the same. */
const HEEDED = /_proxy$/

/** @param given to programs, and not only kept in the shell */
export function assignmentVerdict(name: string, value: Seen | undefined, given: boolean): Verdict {
  if (PAGERS.test(name) && /^(|cat|\/bin\/cat)$/.test(value?.text ?? '-')) return undefined
  if (SHOWS.test(name) && (value === undefined || isHarmless(name, value))) return undefined
  if (HEEDED.test(name) && value?.text === '') return undefined
  if (name === 'no_proxy' || (name === 'DBUS_SESSION_BUS_ADDRESS' && BUS.test(value?.text ?? ''))) return undefined
  if (OWN.test(name) && !HEEDED.test(name)) return undefined
  return unknownWord(`${name}=`, given ? 'the environment' : undefined)
}

/** A locale is a name, not the path of one. */
function isHarmless(name: string, { text }: Seen): boolean {
  if (/^(PG|REDISCLI_AUTH$)/.test(name)) return true
  return text !== undefined && HARMLESS_VALUE.test(text) && !(/^(LC_|LANG)/.test(name) && text.includes('/'))
}
