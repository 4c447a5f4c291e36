import { type CommandResult, sh } from '../../core/command.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import { nearest } from '../../core/text/nearest.ts'
import { these } from '../../core/text/text.ts'
import { seconds } from '../../core/time/duration.ts'
import { type Fact, known } from '../fact.ts'
import type { Probe } from '../probe.ts'
import { type Answer, answers, inSections } from '../sections.ts'
import { SYSTEM_STATE, type SystemState, systemStateIfTold } from '../system/system-state.ts'
import { byName, fieldsByName, gidsOf, initgroups, readDatabase } from './name-service.ts'

/** A user as the machine's name service knows it (passwd(5)). */
export interface Account {
  readonly uid: number
  readonly gid: number
  readonly home: string
  readonly shell: string
}

export interface UserFacts {
  readonly name: string
  readonly account?: Account
  /** Ids of all groups, the primary one's first, as a login would get them (getgrouplist(3)); only when groups were asked for. */
  readonly gids?: Fact<readonly number[]>
  /** Ids of the groups that were asked for, by name; those that do not exist are not in it. */
  readonly groups?: Fact<ReadonlyMap<string, number>>
  /** Names of groups by their ids, as far as they are listed. */
  readonly groupNames: ReadonlyMap<number, string>
  readonly system: SystemState
  readonly nearest?: string
}

export interface UsersQuery {
  readonly users: readonly string[]
  /** Groups that a sentence asks about. */
  readonly groups?: readonly string[]
}

/** Many users in one round trip; facts in the order of the names. */
export const users: Probe<UsersQuery, readonly UserFacts[]> = {
  budget: seconds(5),
  describe: ({ users: names }) => these(names.length, 'user'),
  command: ({ users: names, groups = [] }) =>
    inSections(
      byName('passwd', names),
      sh`getent passwd`,
      SYSTEM_STATE,
      sh`getent group`,
      ...(groups.length > 0 ? [byName('group', groups), ...names.map(initgroups)] : []),
    ),
  parse(result, { users: names, groups = [] }) {
    const count = groups.length > 0 ? 5 + names.length : 4
    const [named, listed, state, groupList, ofGroups, ...ids] = answers(result, 'The users', count)
    const accounts = fieldsByName(named)
    if ('unknown' in accounts) throw new EnvironmentBroken(`The users could not be read: ${accounts.unknown}`)
    const all = {
      system: systemStateIfTold(state),
      groupNames: namesById(groupList),
      ...(ofGroups && { groups: idsByName(ofGroups) }),
    }
    return names.map((name, i) => {
      const account = toAccount(accounts.is.get(name))
      const near = account ? undefined : nearest(name, [...readDatabase(listed).keys()])
      return {
        ...{ ...all, name },
        ...(account && { account }),
        ...(account && ids[i] && { gids: allGids(name, account, ids[i]) }),
        ...(near !== undefined && { nearest: near }),
      }
    })
  },
}

export interface UserQuery {
  readonly name: string
  readonly group?: string
}

const asked = ({ name, group }: UserQuery): UsersQuery => ({
  users: [name],
  ...(group !== undefined && { groups: [group] }),
})

/** One user by exact name. */
export const user: Probe<UserQuery, UserFacts> = {
  budget: users.budget,
  describe: ({ name }) => `user ${name}`,
  command: query => users.command(asked(query)),
  parse(result: CommandResult, query) {
    const [facts] = users.parse(result, asked(query))
    return facts as UserFacts
  },
}

/** The fields after the name in passwd(5). */
function toAccount(fields: readonly string[] | undefined): Account | undefined {
  if (!fields) return undefined
  const [, uid, gid, , home = '', shell = ''] = fields
  return { uid: Number(uid), gid: Number(gid), home, shell }
}

/** The primary group's first. */
function allGids(name: string, { gid }: Account, answer: Answer): Fact<readonly number[]> {
  const others = gidsOf(name, answer)
  return 'unknown' in others ? others : { is: [...new Set([gid, ...others.is])] }
}

/** The ids of groups that were asked for by name. */
export function idsByName(answer: Answer): Fact<ReadonlyMap<string, number>> {
  const entries = fieldsByName(answer)
  if ('unknown' in entries) return entries
  return { is: new Map([...entries.is].map(([name, [, gid]]) => [name, Number(gid)])) }
}

function namesById(answer: Answer | undefined): ReadonlyMap<number, string> {
  return new Map([...readDatabase(answer)].map(([name, [, gid]]) => [Number(gid), name]))
}

/** The names of the groups that a user is in, ids where a name is not listed. */
export const groupsOf = ({ gids, groupNames }: UserFacts): readonly string[] =>
  (known(gids) ?? []).map(gid => groupNames.get(gid) ?? String(gid))
