/** What a row of "these file systems are mounted" means. */
import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { deviceAt } from '../../probe/storage/block-device.ts'
import { hasOption, type MountEntry, mountAt } from '../../probe/storage/mount-entry.ts'
import type { StorageFacts } from '../../probe/storage/storage.ts'

export interface WantedMount {
  readonly point: string
  readonly type?: string
  /** A device by any of its names, or the word that stands in its place: `tmpfs`. */
  readonly source?: string
  readonly options: readonly string[]
}

/** What differs is said for each mount; what is not asked is not compared. */
export const isMountedAs = (wanted: WantedMount): Expectation<StorageFacts> =>
  claim({
    wanted: 'as in the table',
    missed: 'was not as in the table',
    holds: facts => differences(facts, wanted).length === 0,
    seen: facts => differences(facts, wanted).join('; ') || 'mounted so',
  })

function differences(facts: StorageFacts, { point, type, source, options }: WantedMount): string[] {
  const mount = mountAt(facts.mounts, point)
  if (!mount) return ['nothing is mounted there']
  const lacking = options.filter(option => !hasOption(mount, option))
  return [
    ...(type === undefined || mount.type === type ? [] : [`type ${mount.type} instead of ${type}`]),
    ...(source === undefined || isSource(facts, mount, source) ? [] : [`source ${mount.source} instead of ${source}`]),
    ...(lacking.length === 0 ? [] : [`without ${lacking.join(', ')}: ${optionsOf(mount)}`]),
  ]
}

const optionsOf = ({ options, superOptions }: MountEntry): string =>
  [...new Set([...options, ...superOptions])].join(',')

/** The same word, or the same device: names of devices are links. */
function isSource({ devices, links }: StorageFacts, mount: MountEntry, wanted: string): boolean {
  if (mount.source === wanted) return true
  const named = deviceAt(devices, links.get(wanted) ?? wanted) ?? deviceAt(devices, wanted)
  return named !== undefined && (named.number === mount.number || named === deviceAt(devices, mount.source))
}
