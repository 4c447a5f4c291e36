/** A target for a person who is about to wipe it: who it is, then each disk with what tells it from others. Pure. */
import { formatBytes } from '../../core/text/bytes.ts'
import type { BoundDisk, BoundTarget } from './bound-target.ts'

export function shownTarget({ address, hostKey, uuid, architecture, firmware, disks, preflight }: BoundTarget): string {
  const held = preflight.filter(({ outcome }) => outcome === 'held').length
  return [
    address,
    `host key ${hostKey.fingerprint} (${hostKey.type})`,
    `UUID ${uuid ?? 'none known'}, ${architecture ?? 'architecture not known'}, ${firmware ?? 'firmware not known'}`,
    ...Object.entries(disks).map(([name, disk]) => shownDisk(name, disk)),
    `preflight: ${held} of ${preflight.length} held`,
  ].join('\n')
}

function shownDisk(name: string, { device, path, serial, wwn, size, partitionTable, content }: BoundDisk): string {
  const by = [
    ...(serial === null ? [] : [`serial ${serial}`]),
    ...(wwn === null ? [] : [`WWN ${wwn}`]),
    partitionTable === null ? 'no partition table' : `partition table ${partitionTable}`,
    ...(content === null ? [] : [content]),
  ]
  return `disk ${name}: ${device} (${path}), ${formatBytes(size)}, ${by.join(', ')}`
}
