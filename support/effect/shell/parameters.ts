/** What functions are called with: their `$1` to `$9`, of all functions and calls taken together. bash(1), "FUNCTIONS". */
import { type Call, type Findings, literal, type Word } from './script.ts'

const NUMBERS = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
/** They give a function other parameters than its callers do, or call one in words that are not read here. */
const MOVING = /^(shift|getopts|eval|source|\.|trap)$/
const FLAGS = /^[-+][A-Za-z]*$|^(pipefail|errexit|nounset|xtrace|noglob)$/

/** To be called when the whole script is read. */
export function assignParameters(findings: Findings): void {
  const { calls, functions } = findings
  if (functions.size === 0) return
  if (calls.some(moves)) for (const name of NUMBERS) findings.assign(name, 'unknown')
  for (const { words } of calls) {
    const [program, ...args] = words
    if (!program || !functions.has(literal(program) ?? '')) continue
    const known = args.findIndex(mayBeSeveral)
    for (const [at, name] of NUMBERS.entries()) {
      const word = args[at]
      if (known >= 0 && at >= known) findings.assign(name, 'unknown')
      else if (word) findings.assign(name, word)
    }
  }
}

function moves({ words: [program, ...args] }: Call): boolean {
  const name = (program && literal(program)) ?? ''
  return MOVING.test(name) || (name === 'set' && !args.every(word => FLAGS.test(literal(word) ?? '?')))
}

/** A word that may become several, or none, moves those behind it. */
const mayBeSeveral = ({ parts }: Word): boolean =>
  parts.some(part => part.is === 'pattern' || ('split' in part && part.split) || part.is === 'process')
