/** Whether what an array, a volume group or a pool is made of is encrypted. Pure. */
import type { Content, Layout } from './layout.ts'

/** Something that is spread over members: `array raid1`, `group main`, `pool zroot`. */
type Spread = string

interface Member {
  readonly of: Spread
  /** What the member itself lies in; undefined on a disk. */
  readonly on: Spread | undefined
  /** A layer of encryption lies between both. */
  readonly isSealed: boolean
}

export const spread = {
  array: (name: string): Spread => `array ${name}`,
  group: (name: string): Spread => `group ${name}`,
  pool: (name: string): Spread => `pool ${name}`,
} as const

/** Says of a spread whether every member of it is encrypted, at any depth; one without members is not. */
export function encryption(layout: Layout): (of: Spread) => boolean {
  const members = allMembers(layout)
  const isSealed = (of: Spread, above: readonly Spread[]): boolean => {
    const own = members.filter(member => member.of === of)
    if (own.length === 0 || above.includes(of)) return false
    return own.every(member => member.isSealed || (member.on !== undefined && isSealed(member.on, [...above, of])))
  }
  return of => isSealed(of, [])
}

const allMembers = ({ disks, arrays, groups, pools }: Layout): Member[] => [
  ...disks.flatMap(({ content }) => membersIn(content, undefined, false)),
  ...arrays.flatMap(({ name, content }) => membersIn(content, spread.array(name), false)),
  ...groups.flatMap(({ name, volumes }) =>
    volumes.flatMap(({ content }) => membersIn(content, spread.group(name), false)),
  ),
  ...pools.flatMap(({ name, datasets }) =>
    datasets.flatMap(({ content }) => membersIn(content, spread.pool(name), false)),
  ),
]

function membersIn(content: Content, on: Spread | undefined, isSealed: boolean): Member[] {
  if (content === null) return []
  if ('partitions' in content) return content.partitions.flatMap(part => membersIn(part.content, on, isSealed))
  if ('content' in content) return membersIn(content.content, on, true)
  const of = memberOf(content)
  return of === undefined ? [] : [{ of, on, isSealed }]
}

export function memberOf(content: NonNullable<Content>): Spread | undefined {
  if ('array' in content) return spread.array(content.array)
  if ('group' in content) return spread.group(content.group)
  return 'pool' in content ? spread.pool(content.pool) : undefined
}

/** ZFS: the nearest dataset above that says something decides; `off` is a word, too. */
export function isDatasetEncrypted(name: string, { cipher, datasets }: Layout['pools'][number]): boolean {
  const above = datasets
    .filter(other => other.cipher !== null && (other.name === name || name.startsWith(`${other.name}/`)))
    .toSorted((a, b) => b.name.length - a.name.length)
  const word = above[0]?.cipher ?? cipher
  return word !== null && word !== 'off'
}
