import { sh, unconfined } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Probe } from '../probe.ts'
import { answers, inSections, succeeded } from '../sections.ts'
import { BLOCK_DEVICES, type BlockDevices, BTRFS_DEVICES, blockDevices } from './block-device.ts'
import { type MountEntry, mountEntries } from './mount-entry.ts'
import { type SwapEntry, swapEntries } from './swap-entry.ts'

/** What is mounted, what is swapped to, and what both lie on, as the kernel has it; no tool of the machine is believed. */
export interface StorageFacts {
  /** In the order of mounting: a later one on the same point hides an earlier one. */
  readonly mounts: readonly MountEntry[]
  readonly swaps: readonly SwapEntry[]
  readonly devices: BlockDevices
  /** Where the names that were asked about lead: a path of the query, and the path behind all its links. */
  readonly links: ReadonlyMap<string, string>
}

export interface StorageQuery {
  /** What is asked about, for the reader: `file system /`. */
  readonly subject: string
  /** Names of devices that a feature uses, which may be links: `/dev/disk/by-label/nixos`. */
  readonly paths?: readonly string[]
}

export const storage: Probe<StorageQuery, StorageFacts> = {
  budget: seconds(30),
  describe: ({ subject }) => subject,
  // The kernel's net around the shell of a live host is made of mounts of its own.
  command: ({ paths = [] }) =>
    unconfined(
      inSections(
        sh`cat /proc/self/mountinfo`,
        sh`cat /proc/swaps`,
        BLOCK_DEVICES,
        BTRFS_DEVICES,
        sh`set -- ${paths}; for path; do readlink -f -- "$path" || printf '\\n'; done`,
      ),
    ),
  parse(result, { paths = [] }) {
    const [mounted, swapped, blocks, btrfs, followed] = answers(result, 'The storage', 5)
    const text = (answer: typeof mounted, what: string): string => succeeded(answer, what, result)
    const ends = text(followed, 'Where names of devices lead').split('\n')
    return {
      mounts: mountEntries(text(mounted, 'The mounts'), result),
      swaps: swapEntries(text(swapped, 'The swap'), result),
      devices: blockDevices(text(blocks, 'The block devices'), text(btrfs, 'The devices of btrfs'), result),
      links: new Map(paths.map((path, i) => [path, ends[i] || path])),
    }
  },
}

/** The same for the rows of a table: one look, and its facts for each of them. */
export const storageOfRows: Probe<StorageQuery & { readonly rows: number }, readonly StorageFacts[]> = {
  ...storage,
  parse: (result, query) => Array<StorageFacts>(query.rows).fill(storage.parse(result, query)),
}
