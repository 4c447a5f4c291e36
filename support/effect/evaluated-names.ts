/**
 * The variables that arithmetic may come to: where one holds the name of another, bash evaluates that, too. `x='a[$(reboot)]'; y=x;
 * echo $((y))` reboots. bash(1), "ARITHMETIC EVALUATION".
 */
import type { Call, Findings, Word } from './shell/script.ts'
import { literal } from './shell/script.ts'

const NAME = /[A-Za-z_]\w*/g
/** They print their words. */
const ECHOING = /^(echo|printf|expr|date|seq)$/
/** What `systemctl is-active` and its like print. systemctl(1). */
const STATES =
  'active inactive failed activating deactivating reloading refreshing maintenance enabled disabled masked static alias indirect generated transient linked running degraded starting stopping initializing offline unknown'

export function evaluatedNames(findings: Findings): ReadonlySet<string> {
  const names = new Set(findings.evaluatedNames)
  for (const word of findings.evaluatedWords) for (const name of namesIn(word)) names.add(name)
  // A set may grow while it is walked through: what is added is visited as well.
  for (const name of names)
    for (const source of findings.sources.get(name) ?? [])
      if (typeof source !== 'string') for (const each of namesIn(source)) names.add(each)
  return names
}

const namesIn = ({ parts }: Word): readonly string[] =>
  parts.flatMap(part => {
    if (part.is === 'variable') return [part.name]
    if (part.is === 'output') return part.calls.flatMap(printed)
    return part.is === 'text' ? (part.text.match(NAME) ?? []) : []
  })

function printed({ words: [program, ...args] }: Call): readonly string[] {
  const name = program === undefined ? '' : (literal(program) ?? '').replace(/^.*\//, '')
  if (name === 'systemctl') return STATES.split(' ')
  return ECHOING.test(name) ? args.flatMap(word => literal(word)?.match(NAME) ?? []) : []
}
