/** /proc/self/mountinfo (proc_pid_mountinfo(5)). Pure. */
import type { CommandResult } from '../../core/command.ts'
import { lines } from '../sections.ts'
import { UnreadableAnswer } from '../unreadable-answer.ts'

export interface MountEntry {
  /** Of the mount, and of the one that it is mounted on. */
  readonly id: string
  readonly parent: string
  readonly point: string
  readonly type: string
  /** As it was given to mount(8): `/dev/sda1`, `/dev/mapper/crypted`, `tmpfs`. */
  readonly source: string
  /** What of the file system is mounted: `/`, the path of a subvolume, or of a folder that is bound. */
  readonly root: string
  /** `8:1`; btrfs, ZFS and what lies in memory have numbers of no device. */
  readonly number: string
  /** Of the mount, and of its file system. */
  readonly options: readonly string[]
  readonly superOptions: readonly string[]
}

/** @throws UnreadableAnswer unless every line has that form: a mount that is not read could be the one that hides another */
export function mountEntries(text: string, result: CommandResult): MountEntry[] {
  const entries = lines(text).map(line => {
    const [front = '', back = ''] = line.split(/ - (.*)/s)
    const [id = '', parent = '', number, root, point, options] = front.split(' ').map(unescaped)
    const [type, source, superOptions] = back.split(' ').map(unescaped)
    if (!number || !root || !point || !options || !type || source === undefined || superOptions === undefined)
      throw new UnreadableAnswer('The mounts', result)
    return {
      id,
      parent,
      point,
      type,
      source,
      root,
      number,
      options: options.split(','),
      superOptions: superOptions.split(','),
    }
  })
  // There is always a root.
  if (entries.length === 0) throw new UnreadableAnswer('The mounts', result)
  return entries
}

/** Blanks and their like are written as octal numbers. */
export const unescaped = (field: string): string =>
  field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

/** What is seen at this point: the last one that was mounted there, and not hidden by one above it. */
export const mountAt = (mounts: readonly MountEntry[], point: string): MountEntry | undefined =>
  mounts.findLast(mount => mount.point === point && !isHidden(mounts, mount))

/** Another one is mounted on the same mount, above it: what is mounted after that is mounted on the other one. */
const isHidden = (mounts: readonly MountEntry[], { id, parent, point }: MountEntry): boolean =>
  mounts.some(other => other.id !== id && other.parent === parent && isAbove(other.point, point))

const isAbove = (folder: string, path: string): boolean =>
  folder !== path && (folder === '/' || path.startsWith(`${folder}/`))

/** What a file lies on: the deepest mount above it. */
export const mountOf = (mounts: readonly MountEntry[], file: string): MountEntry | undefined =>
  mounts
    .filter(mount => (file === mount.point || isAbove(mount.point, file)) && !isHidden(mounts, mount))
    .toSorted((a, b) => a.point.length - b.point.length)
    .at(-1)

/** Either of both can forbid to write. */
export function hasOption({ options, superOptions }: MountEntry, option: string): boolean {
  const all = [...options, ...superOptions]
  return option === 'rw' ? !all.includes('ro') : all.includes(option)
}
