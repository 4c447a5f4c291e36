/** What getent(1) answers about users and groups, for rows. */
import type { CommandResult } from '../../core/command.ts'
import { answered, type Said } from '../../probe/testing/answered.ts'

export const ROOT = 'root:x:0:0:System administrator:/root:/run/current-system/sw/bin/bash'
export const SIMON = 'simon:x:1000:100:Simon:/home/simon:/run/current-system/sw/bin/zsh'
const USERS = `${ROOT}\n${SIMON}`
const GROUPS = 'root:x:0:\nwheel:x:1:simon\nusers:x:100:\ndocker:x:131:'
export const NOT_FOUND: Said = { code: 2 }
const UP: Said = 'running'

/** `getent initgroups`: the name in 21 columns, then the ids. */
const initgroups = (user: Said, ids: Said): Said =>
  typeof ids === 'string' ? `${String(user).split(':')[0]?.padEnd(21)}${ids.replace(/^(?=\d)| /g, ' ')}` : ids

export interface UserAnswer {
  /** The user who is asked for, by name. */
  readonly user?: Said
  readonly state?: Said
  readonly users?: Said
  /** Ids of the user's further groups, or how getent ended; and the groups that are asked about. Only for sentences about groups. */
  readonly ids?: Said
  readonly groups?: Said
}

export function userSections({ user = SIMON, state = UP, users = USERS, ids, groups = '' }: UserAnswer = {}): Said[] {
  return [user, users, state, GROUPS, ...(ids === undefined ? [] : [groups, initgroups(user, ids)])]
}

export const userAnswer = (answer: UserAnswer = {}): CommandResult => answered(userSections(answer))

export interface GroupAnswer {
  readonly group?: Said
  readonly state?: Said
  /** The user who is asked about, and the ids of that one's further groups; only for sentences about members. */
  readonly member?: Said
  readonly ids?: Said
}

export function groupSections({ group = 'wheel:x:1:simon', state = UP, member, ids = '' }: GroupAnswer = {}): Said[] {
  return [group, GROUPS, USERS, state, ...(member === undefined ? [] : [member, initgroups(member, ids)])]
}

export const groupAnswer = (answer: GroupAnswer = {}): CommandResult => answered(groupSections(answer))
