import { sh } from '../../core/command.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import { nearest } from '../../core/text/nearest.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Fact } from '../fact.ts'
import type { Probe } from '../probe.ts'
import { type Answer, answers, inSections } from '../sections.ts'
import { SYSTEM_STATE, type SystemState, systemStateIfTold } from '../system/system-state.ts'
import { byName, fieldsByName, gidsOf, initgroups, readDatabase } from './name-service.ts'

export interface GroupQuery {
  readonly name: string
  /** Who is asked about. */
  readonly member?: string
}

export interface GroupFacts {
  readonly found?: {
    readonly gid: number
    /** Those that the group names. */
    readonly named: readonly string[]
    /** Listed users whose primary group it is. */
    readonly primary: readonly string[]
  }
  /** Ids of all groups of the user who is asked about; none when there is no such user. */
  readonly memberGids?: Fact<readonly number[]>
  readonly system: SystemState
  readonly nearest?: string
}

/** One group by exact name. */
export const group: Probe<GroupQuery, GroupFacts> = {
  budget: seconds(5),
  describe: ({ name }) => `group ${name}`,
  command: ({ name, member }) =>
    inSections(
      byName('group', [name]),
      sh`getent group`,
      sh`getent passwd`,
      SYSTEM_STATE,
      ...(member === undefined ? [] : [byName('passwd', [member]), initgroups(member)]),
    ),
  parse(result, { name, member }) {
    const [named, listed, users, state, user, ids] = answers(result, 'The groups', member === undefined ? 4 : 6)
    const groups = fieldsByName(named)
    if ('unknown' in groups) throw new EnvironmentBroken(`The groups could not be read: ${groups.unknown}`)
    const fields = groups.is.get(name)
    const near = fields ? undefined : nearest(name, [...readDatabase(listed).keys()])
    return {
      system: systemStateIfTold(state),
      ...(fields && { found: toGroup(fields, users) }),
      ...(member !== undefined && { memberGids: gidsOfMember(member, user, ids) }),
      ...(near !== undefined && { nearest: near }),
    }
  },
}

/** The fields after the name in group(5). */
function toGroup([, id, members = '']: readonly string[], users: Answer | undefined): NonNullable<GroupFacts['found']> {
  const gid = Number(id)
  const primary = [...readDatabase(users)].filter(([, [, , theirs]]) => Number(theirs) === gid).map(([user]) => user)
  return { gid, named: members.split(',').filter(Boolean).sort(), primary: primary.sort() }
}

function gidsOfMember(member: string, user: Answer | undefined, ids: Answer | undefined): Fact<readonly number[]> {
  const accounts = fieldsByName(user)
  if ('unknown' in accounts) return accounts
  const [, , primary] = accounts.is.get(member) ?? []
  if (primary === undefined || !ids) return { is: [] }
  const others = gidsOf(member, ids)
  return 'unknown' in others ? others : { is: [Number(primary), ...others.is] }
}
