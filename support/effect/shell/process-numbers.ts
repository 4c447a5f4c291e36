/** Commands that print numbers of processes and no sign beside them: no option of the program that gets them as words. */
import { type Call, type Findings, literal } from './script.ts'

/** `one` may be none, too. */
export type ProcessNumbers = 'one' | 'some'

const PGREP = '((-[fxi]+|-u [\\w.]+) )*'
const PATTERN = '[^-\\s]\\S*$'
/** By a program's name: what stands behind it, a blank within a word as `_`. */
const PRINTING: readonly (readonly [program: RegExp, words: RegExp, ProcessNumbers])[] = [
  [/^pgrep$/, new RegExp(`^${PGREP}(-[fxi]*[no][fxi]*|--newest|--oldest) ${PGREP}${PATTERN}`), 'one'],
  [/^pgrep$/, new RegExp(`^${PGREP}${PATTERN}`), 'some'],
  [/^pidof$/, new RegExp(`^-s ${PATTERN}`), 'one'],
  [/^pidof$/, new RegExp(`^${PATTERN}`), 'some'],
  [/^systemctl$/, /^show (-p ?|--property[= ])MainPID --value [^-\s]\S*$/, 'one'],
  [/^systemctl$/, /^show --value (-p ?|--property[= ])MainPID [^-\s]\S*$/, 'one'],
  [/^systemctl$/, /^show (-P ?MainPID|--value --property=MainPID) [^-\s]\S*$/, 'one'],
  [/^(docker|podman|nerdctl)$/, /^(container )?inspect (-f |--format[= ])\{\{_?\.State\.Pid_?\}\} [^-\s]\S*$/, 'one'],
]

/** @param text of the whole substitution: what is sent to another output may be a message */
export function processNumbers(
  text: string,
  [call, ...others]: readonly Call[],
  { functions }: Findings,
): ProcessNumbers | undefined {
  if (!call || others.length > 0 || text.includes('&') || call.assignments.length > 0) return undefined
  if (call.writes.some(({ target }) => target.raw !== '/dev/null')) return undefined
  const [program, ...words] = call.words.map(literal)
  if (program === undefined || words.includes(undefined) || functions.has(program)) return undefined
  const behind = words.map(word => word?.replace(/\s/g, '_')).join(' ')
  return PRINTING.find(([name, pattern]) => name.test(program) && pattern.test(behind))?.[2]
}
