import { sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import { nearest } from '../core/nearest.ts'
import type { Probe } from './probe.ts'
import { answers, inSections } from './sections.ts'
import { parseSystemState, SYSTEM_STATE, type SystemState } from './system-state.ts'
import { UnreadableAnswer } from './unreadable-answer.ts'
import { parseGroups, parsePasswd } from './user.ts'

export interface GroupFacts {
  readonly found?: {
    readonly gid: number
    /** Those listed and those whose primary group it is. */
    readonly members: readonly string[]
  }
  readonly system: SystemState
  readonly nearest?: string
}

/** One group by exact name. */
export const group: Probe<string, GroupFacts> = {
  budget: seconds(5),
  describe: name => `group ${name}`,
  command: name => inSections(sh`getent group; getent group -- ${name}; true`, sh`getent passwd`, SYSTEM_STATE),
  parse(result, name) {
    const [listed, passwd, state] = answers(result, 'The groups', 3)
    const groups = parseGroups(listed?.text)
    if (groups.length === 0) throw new UnreadableAnswer('The groups', result)
    const system = parseSystemState(state, result)
    const found = groups.find(one => one.name === name)
    const near = found
      ? undefined
      : nearest(
          name,
          groups.map(one => one.name),
        )
    if (!found) return { system, ...(near && { nearest: near }) }
    const primary = [...parsePasswd(passwd?.text)].filter(([, { gid }]) => gid === found.gid).map(([user]) => user)
    return { system, found: { gid: found.gid, members: [...new Set([...found.members, ...primary])].sort() } }
  },
}
