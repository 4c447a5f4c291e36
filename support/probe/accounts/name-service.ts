/** Users and groups by exact name, as getent(1) finds them: a directory service answers by name and need not list all it knows. */
import { type Command, sh } from '../../core/command.ts'
import type { Fact } from '../fact.ts'
import { type Answer, isMissing, lines } from '../sections.ts'

/** The name service's two databases here (nsswitch.conf(5)). */
export type Database = 'passwd' | 'group'

/** getent(1) takes what strtoul(3) can read for an id: such names are found in the list only. */
const isNumber = (name: string): boolean => /^\s*[+-]?\d+$/.test(name)

/** The lines of these names, in any order, and of no others that bear another name. */
export function byName(database: Database, names: readonly string[]): Command {
  const usual = names.filter(name => !isNumber(name))
  const asked = sh`getent ${database} -- ${usual}`
  const listed = sh`getent ${database}`
  if (usual.length === names.length) return asked
  return usual.length === 0 ? listed : sh`${listed} && ${asked}`
}

/**
 * The groups that a login of this name gets beside the primary one (getgrouplist(3)). id(1) cannot be asked: it looks the name's id up and
 * tells the groups of the first name with that id.
 */
export const initgroups = (name: string): Command => sh`getent initgroups -- ${name} 2>&1`

/** Ids behind the name, as getent(1) prints them. */
export function gidsOf(name: string, answer: Answer): Fact<readonly number[]> {
  const rest = answer.text.startsWith(name) ? answer.text.slice(name.length) : 'x'
  if (answer.code === 0 && /^ *(?: \d+)*$/.test(rest)) return { is: rest.split(' ').filter(Boolean).map(Number) }
  return { unknown: lines(answer.text)[0] ?? 'getent has not told the groups' }
}

/** getent(1): "one or more supplied key could not be found". */
const NOT_FOUND = 2

/** Whether the answer says of every name whether there is one. */
export function fieldsByName(answer: Answer | undefined): Fact<ReadonlyMap<string, readonly string[]>> {
  if (answer?.code === 0 || answer?.code === NOT_FOUND) return { is: readDatabase(answer) }
  return { unknown: answer && isMissing(answer) ? 'there is no getent on this machine' : 'getent has failed' }
}

/** The lines of passwd(5) or group(5) by the name they begin with; the first of a name counts. */
export const readDatabase = (answer: Answer | undefined): ReadonlyMap<string, readonly string[]> =>
  new Map(
    lines(answer?.text)
      .map(line => line.split(':'))
      .reverse()
      .map(([name = '', ...fields]) => [name, fields] as const),
  )
