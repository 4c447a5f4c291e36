/** Which disks of a layout must be there when the initrd looks for the file systems of the system. Pure. */
import type { Content, Layout } from '../../flake/layout/layout.ts'

/** nixos/lib/utils.nix: pathsNeededForBoot. Below them only what says so itself is mounted by the initrd. */
const EARLY = ['/', '/nix', '/nix/store', '/var', '/var/log', '/var/lib', '/var/lib/nixos', '/etc', '/usr']

export interface LayoutDisk {
  readonly device: string
  readonly isEarly: boolean
}

/** A disk that holds nothing but file systems which are mounted elsewhere is wanted later; of all else it is not looked at what it holds. */
export const layoutDisks = ({ disks }: Layout): LayoutDisk[] =>
  disks.map(({ device, content }) => ({ device, isEarly: !isLate(content) }))

export const wipedDevices = ({ disks }: Layout): string[] =>
  disks.filter(({ wiped }) => wiped).map(({ device }) => device)

function isLate(content: Content): boolean {
  if (content === null) return true
  if ('strange' in content) return false
  switch (content.type) {
    case 'gpt':
    case 'table':
      return content.partitions.every(partition => isLate(partition.content))
    case 'filesystem':
      return isLater(content.mountPoint)
    case 'btrfs':
      return isLater(content.mountPoint) && content.subvolumes.every(({ mountPoint }) => isLater(mountPoint))
    default:
      return false
  }
}

const isLater = (point: string | null): boolean => point !== null && !isMountedEarly(point)

export const isMountedEarly = (point: string): boolean => EARLY.includes(point)
