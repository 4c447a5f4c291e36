/** Commands inside a word: `$(…)`, `<(…)`, backticks. */
import type { Reading } from './reading.ts'
import { type Call, literal } from './script.ts'

/** Programs that make characters out of others: a bracket that does not stand in the text can come out of them. */
const TRANSLATORS = /^(tr|y?awk|[gmn]awk|perl|python\S*|ruby|base\d+\w*|xxd|od|openssl|jq|yq|[a-z]*zcat|gzip)$/

/** Reads them; says whether no code for arithmetic can come out of it, as of `wc -l`: its text holds none. */
export function readSubstitution(reading: Reading, end: ')' | 'end' = ')'): boolean {
  const { cursor, findings } = reading
  const from = cursor.at
  const before = findings.calls.length
  reading.commands(cursor, end)
  const text = cursor.text.slice(from, cursor.at)
  return !/[[\]`\\]/.test(text) && findings.calls.slice(before).every(call => !translates(call))
}

function translates({ words: [program, ...args] }: Call): boolean {
  if (!program) return false
  const name = literal(program)?.replace(/^.*\//, '')
  if (name === undefined) return true
  const raws = args.map(({ raw }) => raw)
  // what is deleted makes nothing; awk makes characters of numbers by `%c`
  if (name === 'tr') return !/^-[cC]?d[cC]?$/.test(raws[0] ?? '')
  if (/awk$/.test(name)) return raws.some(raw => raw.includes('%'))
  return TRANSLATORS.test(name)
}
