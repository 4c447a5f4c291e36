/** What comes to a command's standard input: a few programs send it on. */
import { type Call, type Findings, literal, type Writing } from './shell/script.ts'

/** They send nothing. */
const SILENT = /^(echo( Q)?|true|:|sleep [\d.]+)$/
/** They run a text in this shell, which may hold `exec <FILE`. */
const RUNS_TEXT = /^(eval|trap)$/

/**
 * Something may be sent by it. Functions are called wherever, and `exec <FILE` gives something to all that follows.
 * @param outside something comes to the whole script, or a function of the script around it may stand for a program
 */
export function isFed(call: Call, findings: Findings, outside: boolean): boolean {
  if (findings.readsNumbers) return true
  const own = call.writes.filter(({ sign }) => sign.startsWith('<'))
  const given = own.length > 0 ? own : (findings.inputs.get(call) ?? [])
  if (given.length > 0) return !given.every(input => isEmpty(input) || (!outside && isSilent(input, findings)))
  return outside || findings.functions.size > 0 || findings.calls.some(changesInput)
}

const isEmpty = (input: Call | Writing): boolean =>
  'sign' in input && input.sign === '<' && input.target.raw === '/dev/null'

function isSilent(input: Call | Writing, { functions }: Findings): boolean {
  if ('sign' in input) return false
  const words = input.words.map(({ raw }) => raw)
  return SILENT.test(words.join(' ')) && !words.some(word => functions.has(word))
}

/** For what follows it. `command exec` does it, too. */
function changesInput({ words, writes }: Call): boolean {
  const texts = words.map(word => literal(word) ?? '')
  return (
    (texts.includes('exec') && writes.some(({ sign }) => sign.startsWith('<'))) ||
    texts.some(text => RUNS_TEXT.test(text))
  )
}
