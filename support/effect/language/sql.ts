/** A single statement of SQL that is known to only look. */

const FUNCTIONS = new Set(
  'count sum min max avg now version coalesce length lower upper round current_database current_user pg_is_in_recovery pg_database_size pg_size_pretty pg_relation_size pg_total_relation_size pg_postmaster_start_time pg_last_wal_replay_lsn pg_current_wal_lsn pg_wal_lsn_diff datetime date strftime json_group_array exists extract any in values and or where on as not'.split(
    ' ',
  ),
)
/** `select … into` makes a table or a file. */
const ACTS =
  /\b(into|outfile|dumpfile|for\s+(update|share|no\s+key|key)|insert|update|delete|merge|create|drop|alter|grant|revoke|call|do|execute|analyze|copy|lock|set|attach|vacuum|pragma)\b/i

/** psql's own, which list what there is: `\\l`, `\\dt`. */
const LISTS = /^\\(l|d[a-zA-Z]{0,2})[+S]{0,2}( [\w.*]+)?$/

export function sqlOnlyReads(text: string): boolean {
  if (LISTS.test(text.trim())) return true
  const statement = text.trim().replace(/;$/, '')
  if (!/^(select|show|values|table|describe|explain)\b/i.test(statement)) return false
  const bare = statement.replace(/'[^'\\]*'/g, "''")
  if (/[;\\`"$@]|--|\/\*|''\s*''|[^\x20-\x7e\s]|(^|[^:]):[A-Za-z_']/.test(bare) || ACTS.test(bare)) return false
  // a function of a schema may be any
  return [...bare.matchAll(/(\.\s*)?(?<!\w)(\w+)\s*\(/g)].every(
    ([, dot, name = '']) => dot === undefined && (FUNCTIONS.has(name.toLowerCase()) || /^(select|from)$/i.test(name)),
  )
}
