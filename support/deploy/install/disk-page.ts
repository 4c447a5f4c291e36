/** Every disk of a target for a person who is about to wipe some: what it is, what lies on it, and what becomes of it. Pure. */
import { formatBytes } from '../../core/text/bytes.ts'
import type { BlockDevice } from '../../target/facts/disks.ts'

/** @param wiped paths of the kernel's, of the disks that the layout names */
export function shownDisks(devices: readonly BlockDevice[], wiped: readonly string[]): string {
  const disks = devices.filter(({ type }) => type === 'disk')
  const sorted = [...disks.filter(disk => isWiped(disk, wiped)), ...disks.filter(disk => !isWiped(disk, wiped))]
  return sorted.map(disk => shownDisk(disk, isWiped(disk, wiped) ? 'WIPED' : 'kept ')).join('\n')
}

const isWiped = ({ path }: BlockDevice, wiped: readonly string[]): boolean => wiped.includes(path)

function shownDisk(disk: BlockDevice, fate: string): string {
  const { path, size, model, serial, wwn, tableUuid } = disk
  const name = [
    model?.trim(),
    serial === null ? 'no serial number' : `serial ${serial.trim()}`,
    wwn === null ? undefined : `WWN ${wwn}`,
    tableUuid === null ? undefined : `partition table ${tableUuid}`,
  ]
  const lines = [...contentOf(disk), ...disk.children.flatMap(child => below(child, 1))]
  const what = lines.length === 0 ? ['  nothing that lsblk knows'] : lines
  return [`${fate} ${path}, ${formatBytes(size)}, ${name.filter(Boolean).join(', ')}`, ...what].join('\n')
}

/** What lies on it as a whole. */
const contentOf = ({ fileSystem, label, mountPoints }: BlockDevice): string[] =>
  fileSystem === null && mountPoints.length === 0 ? [] : [`  ${kind(fileSystem, label)}${mounted(mountPoints)}`]

function below({ path, size, fileSystem, label, mountPoints, children }: BlockDevice, depth: number): string[] {
  const line = `${'  '.repeat(depth)}${path}, ${formatBytes(size)}, ${kind(fileSystem, label)}${mounted(mountPoints)}`
  return [line, ...children.flatMap(child => below(child, depth + 1))]
}

const kind = (fileSystem: string | null, label: string | null): string =>
  `${fileSystem ?? 'no file system'}${label === null ? '' : ` "${label}"`}`

const mounted = (points: readonly string[]): string => (points.length === 0 ? '' : `, in use at ${points.join(', ')}`)
