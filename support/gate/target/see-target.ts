/** What one look at a target says for a verdict. Pure. */
import { EnvironmentBroken } from '../../core/errors.ts'
import { sha256 } from '../../nix/contents.ts'
import { type Fact, known, whyUnknown } from '../../probe/fact.ts'
import type { BlockDevice } from '../../target/facts/disks.ts'
import { parseTarget, type TargetFacts } from '../../target/facts.ts'
import { diskAt } from '../../target/judge/disks.ts'
import type { TargetLook } from '../../target/look.ts'
import { oneLine } from '../one-line.ts'
import type { BoundDisk } from './bound-target.ts'
import { type HostInputs, preflight } from './preflight.ts'
import { preflightOfSwitch } from './preflight-switch.ts'
import type { SeenTarget } from './seen-target.ts'

/** What it is looked at for. */
export interface Purpose {
  /** It is to be wiped, and not only switched to the system. */
  readonly wiped: boolean
  /** It goes back by itself, unless its features hold there. */
  readonly goesBack?: boolean
}

/**
 * @param layout devices by name, as the disk script of the host has them
 * @throws EnvironmentBroken for a target that did not show its host key
 */
export function seeTarget(
  { address, hostKey, said }: TargetLook,
  layout: Readonly<Record<string, string>>,
  host: HostInputs & Purpose,
): SeenTarget {
  if (hostKey === undefined) throw new EnvironmentBroken(`${address} has not shown its host key`)
  const facts = parseTarget({ stdout: said })
  return {
    ...{ address: oneLine(address), hostKey, wiped: host.wiped, facts: sha256(said) },
    preflight: host.wiped ? preflight(facts, layout, host) : preflightOfSwitch(facts, host, host.goesBack ?? false),
    uuid: uuidOf(facts),
    architecture: facts.machine,
    firmware: 'is' in facts.firmware ? { is: facts.firmware.is.is } : facts.firmware,
    disks: host.wiped ? disksOf(facts, layout) : { is: {} },
  }
}

/** SMBIOS 7.2.1: all bits of a UUID that is not there are off, of one that was not set they are on. */
const NO_UUID = /^(?:0{8}-0{4}-0{4}-0{4}-0{12}|f{8}-f{4}-f{4}-f{4}-f{12})$/

export function uuidOf({ dmi, userId }: Pick<TargetFacts, 'dmi' | 'userId'>): Fact<string | null> {
  if ('unknown' in dmi) return dmi
  const { uuid } = dmi.is
  if (uuid !== undefined) return { is: NO_UUID.test(uuid) ? null : oneLine(uuid) }
  return known(userId) === 0 ? { is: null } : { unknown: 'only root may read it: log in as root' }
}

export function disksOf(facts: TargetFacts, layout: Readonly<Record<string, string>>): SeenTarget['disks'] {
  const { links, userId } = facts
  // Without udev lsblk(8) reads the disk itself, for which it must be root.
  if (known(userId) !== 0 && whyUnknown(links) !== undefined)
    return { unknown: 'neither udev nor root says what lies on them: log in as root' }
  const found = Object.entries(layout).map(([name, device]) => [name, device, diskAt(facts, device)] as const)
  const doubts = found.flatMap(([, , at]) =>
    'judgement' in at && at.judgement.is === 'unknown' ? at.judgement.reasons : [],
  )
  if (doubts.length > 0) return { unknown: [...new Set(doubts)].join('; ') }
  const bound = found.flatMap(([name, device, at]) =>
    'disk' in at ? [[name, boundDisk(device, at.disk)] as const] : [],
  )
  return { is: Object.fromEntries(bound) }
}

const boundDisk = (device: string, disk: BlockDevice): BoundDisk => ({
  ...{ device: oneLine(device), path: oneLine(disk.path), size: disk.size },
  serial: lineOf(disk.serial),
  wwn: lineOf(disk.wwn),
  partitionTable: lineOf(disk.tableUuid),
  content: disk.fileSystem === null ? null : oneLine(`${disk.fileSystem} ${disk.uuid ?? ''}`.trim()),
})

const lineOf = (text: string | null): string | null => (text === null ? null : oneLine(text.trim()))
