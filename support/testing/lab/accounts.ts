import { readFileSync } from 'node:fs'
import type { LabGroup, LabUser } from './wish.ts'

interface Group {
  readonly name: string
  readonly gid: number
  members: readonly string[]
}

/** What Debian's installation begins with (package base-passwd), so that the runner's own accounts are not there. */
const MASTER = '/usr/share/base-passwd'
const FIRST_UID = 1000
const FIRST_GID = 2000

/** The texts of passwd(5), group(5) and shadow(5): Debian's accounts, those of sshd and dbus, and the wished ones. */
export function accountFiles(
  users: readonly LabUser[] = [],
  groups: readonly LabGroup[] = [],
): Readonly<Record<'passwd' | 'group' | 'shadow', string>> {
  const own = users.map((user, i) => ({ uid: FIRST_UID + i, shell: '/bin/bash', home: `/home/${user.name}`, ...user }))
  const all: Group[] = [
    ...masterGroups(),
    { name: 'messagebus', gid: 101, members: [] },
    ...own.flatMap(({ name, uid, gid }) => (gid === undefined ? [{ name, gid: uid, members: [] }] : [])),
    ...groups.map(({ name, gid, members = [] }, i) => ({ name, gid: gid ?? FIRST_GID + i, members })),
  ]
  for (const { name, groups = [] } of own) for (const group of groups) enter(all, group, name)
  const passwd = [
    ...masterUsers(),
    'sshd:x:100:65534::/run/sshd:/usr/sbin/nologin',
    'messagebus:x:101:101::/nonexistent:/usr/sbin/nologin',
    ...own.map(({ name, uid, gid = uid, home, shell }) => `${name}:x:${uid}:${gid}::${home}:${shell}`),
  ]
  return {
    passwd: text(passwd),
    group: text(all.map(({ name, gid, members }) => `${name}:x:${gid}:${members.join(',')}`)),
    shadow: text(passwd.map(line => `${line.split(':')[0]}:*:19000:0:99999:7:::`)),
  }
}

function enter(groups: Group[], name: string, member: string): void {
  const group = groups.find(each => each.name === name)
  if (!group) throw new Error(`user "${member}" of the lab host: there is no group "${name}", add it to "groups"`)
  group.members = [...group.members, member]
}

const masterUsers = (): string[] =>
  lines('passwd.master').map(line =>
    line.replace(/^([^:]+):[^:]*/, '$1:x').replace(/^root:.*/, 'root:x:0:0:root:/root:/bin/bash'),
  )

const masterGroups = (): Group[] =>
  lines('group.master').map(line => {
    const [name = '', , gid = '', members = ''] = line.split(':')
    return { name, gid: Number(gid), members: members.split(',').filter(Boolean) }
  })

const lines = (file: string): string[] => readFileSync(`${MASTER}/${file}`, 'utf8').split('\n').filter(Boolean)
const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`
