/** Commands inside a word: `$(…)`, `<(…)`, backticks. */
import type { Reading } from './reading.ts'
import { type Call, literal } from './script.ts'

/** Programs that turn harmless characters into others. */
const TRANSLATORS =
  /^(tr|y?awk|[gmn]awk|sed|perl|python\S*|ruby|base\d+\w*|xxd|od|openssl|jq|yq|rev|printf|[a-z]*zcat|gzip|zcat)$/

/** Reads them; says whether no code for arithmetic can come out of it, as of `wc -l`: its text holds none. */
export function readSubstitution(reading: Reading, end: ')' | 'end' = ')'): boolean {
  const { cursor, findings } = reading
  const from = cursor.at
  const before = findings.calls.length
  reading.commands(cursor, end)
  const text = cursor.text.slice(from, cursor.at)
  return !/[[\]`\\]/.test(text) && findings.calls.slice(before).every(call => !translates(call))
}

function translates({ words: [program] }: Call): boolean {
  if (!program) return false
  const name = literal(program)?.replace(/^.*\//, '')
  return name === undefined || TRANSLATORS.test(name)
}
