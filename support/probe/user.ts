import { type CommandResult, sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import { nearest } from '../core/nearest.ts'
import type { Probe } from './probe.ts'
import { answers, inSections, lines } from './sections.ts'
import { parseSystemState, SYSTEM_STATE, type SystemState } from './system-state.ts'
import { UnreadableAnswer } from './unreadable-answer.ts'

/** A user as the machine's name service knows it (passwd(5), group(5)). */
export interface Account {
  readonly uid: number
  readonly gid: number
  /** The primary group first, then the others by name. */
  readonly groups: readonly string[]
  readonly home: string
  readonly shell: string
  readonly comment: string
}

export interface UserFacts {
  readonly name: string
  readonly account?: Account
  readonly system: SystemState
  readonly nearest?: string
}

/** Many users in one round trip; facts in the order of the names. */
export const users: Probe<readonly string[], readonly UserFacts[]> = {
  budget: seconds(5),
  describe: names => `these ${names.length} users`,
  // asked by name as well, since a directory service need not list all it knows
  command: names => inSections(sh`getent passwd; getent passwd -- ${names}; true`, sh`getent group`, SYSTEM_STATE),
  parse(result, names) {
    const [passwd, group, state] = answers(result, 'The users', 3)
    const accounts = parsePasswd(passwd?.text)
    if (accounts.size === 0) throw new UnreadableAnswer('The users', result)
    const groups = parseGroups(group?.text)
    const system = parseSystemState(state, result)
    return names.map(name => toFacts(name, { accounts, groups, system }))
  },
}

/** One user by exact name. */
export const user: Probe<string, UserFacts> = {
  budget: users.budget,
  describe: name => `user ${name}`,
  command: name => users.command([name]),
  parse(result: CommandResult, name) {
    const [facts] = users.parse(result, [name])
    return facts as UserFacts
  },
}

export interface Group {
  readonly name: string
  readonly gid: number
  readonly members: readonly string[]
}

/** The lines of group(5). */
export function parseGroups(text = ''): Group[] {
  return lines(text).map(line => {
    const [name = '', , gid = '', members = ''] = line.split(':')
    return { name, gid: Number(gid), members: members.split(',').filter(Boolean) }
  })
}

type Passwd = Omit<Account, 'groups'>

/** The lines of passwd(5), by name. */
export function parsePasswd(text = ''): Map<string, Passwd> {
  return new Map(
    lines(text).map(line => {
      const [name = '', , uid, gid, comment = '', home = '', shell = ''] = line.split(':')
      return [name, { uid: Number(uid), gid: Number(gid), comment, home, shell }]
    }),
  )
}

interface Known {
  readonly accounts: ReadonlyMap<string, Passwd>
  readonly groups: readonly Group[]
  readonly system: SystemState
}

function toFacts(name: string, { accounts, groups, system }: Known): UserFacts {
  const found = accounts.get(name)
  const near = found ? undefined : nearest(name, [...accounts.keys()])
  if (!found) return { name, system, ...(near && { nearest: near }) }
  const primary = groups.find(({ gid }) => gid === found.gid)?.name ?? String(found.gid)
  const others = groups.filter(group => group.members.includes(name) && group.name !== primary).map(group => group.name)
  return { name, system, account: { ...found, groups: [primary, ...others.sort()] } }
}
