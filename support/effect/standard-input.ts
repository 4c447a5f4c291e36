/** What comes to a command's standard input: a few programs send it on. */
import type { Call, Findings, Writing } from './shell/script.ts'

/** They send nothing. */
const SILENT = /^(echo( Q)?|true|:|sleep [\d.]+)$/

/**
 * Something may be sent by it. Functions are called wherever, and `exec <FILE` gives something to all that follows.
 * @param outside something comes to the whole script
 */
export function isFed(call: Call, { inputs, functions, calls }: Findings, outside: boolean): boolean {
  const own = call.writes.filter(({ sign }) => sign.startsWith('<'))
  const given = own.length > 0 ? own : (inputs.get(call) ?? [])
  if (given.length > 0) return !given.every(isSilent)
  return outside || functions.size > 0 || calls.some(isExecWithInput)
}

function isSilent(input: Call | Writing): boolean {
  if ('sign' in input) return input.sign === '<' && input.target.raw === '/dev/null'
  const { words, writes, assignments } = input
  return SILENT.test(words.map(({ raw }) => raw).join(' ')) && writes.length + assignments.length === 0
}

const isExecWithInput = ({ words, writes }: Call): boolean =>
  words[0]?.raw === 'exec' && writes.some(({ sign }) => sign.startsWith('<'))
