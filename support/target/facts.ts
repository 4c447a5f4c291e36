/** What a target is: the machine that is to be wiped, looked at only. One script, one round trip; each part is known, or it is said why not. */
import { type Command, type CommandResult, sh, unconfined } from '../core/command.ts'
import { visible } from '../core/text/visible.ts'
import type { Fact } from '../probe/fact.ts'
import { type Answer, announced, inSections } from '../probe/sections.ts'
import {
  type BlockDevice,
  type DeviceLink,
  disks,
  links,
  type PhysicalVolume,
  type Swap,
  swaps,
  volumes,
} from './facts/disks.ts'
import { type BootEntry, bootEntries, firmware, type TargetFirmware } from './facts/firmware.ts'
import { type Modalias, modaliases } from './facts/hardware.ts'
import { type HostKeyFile, hostKeys } from './facts/host-keys.ts'
import { cards, type NetworkCard, type NetworkLink, network, type Route, routes4, routes6 } from './facts/network.ts'
import type { Part } from './facts/part.ts'
import {
  container,
  type Dmi,
  dmi,
  hostName,
  type Kexec,
  kexec,
  type Memory,
  machine,
  machineId,
  memory,
  os,
  type TargetOs,
  userId,
  virtualization,
} from './facts/system.ts'
import {
  deviceExports,
  type Export,
  type NamespaceMount,
  namespaceMounts,
  type OpenDevice,
  openDevices,
} from './facts/users.ts'

export interface TargetFacts {
  readonly os: Fact<TargetOs>
  readonly hostName: Fact<string>
  /** The kernel's word for its architecture: `x86_64`, `aarch64`. */
  readonly machine: Fact<string>
  readonly machineId: Fact<string>
  readonly dmi: Fact<Dmi>
  readonly virtualization: Fact<string>
  readonly container: Fact<string>
  /** Of what looks: 0 for root. */
  readonly userId: Fact<number>
  readonly hostKeys: Fact<readonly HostKeyFile[]>
  readonly memory: Fact<Memory>
  readonly kexec: Fact<Kexec>
  readonly firmware: Fact<TargetFirmware>
  readonly modaliases: Fact<readonly Modalias[]>
  readonly network: Fact<readonly NetworkLink[]>
  readonly routes4: Fact<readonly Route[]>
  readonly routes6: Fact<readonly Route[]>
  readonly links: Fact<readonly DeviceLink[]>
  readonly swaps: Fact<readonly Swap[]>
  readonly cards: Fact<readonly NetworkCard[]>
  readonly disks: Fact<readonly BlockDevice[]>
  readonly volumes: Fact<readonly PhysicalVolume[]>
  readonly bootEntries: Fact<readonly BootEntry[]>
  readonly deviceExports: Fact<readonly Export[]>
  readonly namespaceMounts: Fact<readonly NamespaceMount[]>
  readonly openDevices: Fact<readonly OpenDevice[]>
}

type Parts = { readonly [Name in keyof TargetFacts]: TargetFacts[Name] extends Fact<infer T> ? Part<T> : never }

/** In the order in which they are asked: what may take long comes last, and where the answer is cut the rest is there. */
const PARTS: Parts = {
  ...{ os, hostName, machine, machineId, dmi, virtualization, container, userId, hostKeys, memory, kexec, firmware },
  ...{ modaliases, network, routes4, routes6, links, swaps, cards, disks, volumes, bootEntries },
  ...{ deviceExports, namespaceMounts, openDevices },
}
const ALL: readonly Part<unknown>[] = Object.values(PARTS)

/** POSIX shell; reads only. It looks at devices, which the kernel's net of a live host keeps back. */
export const targetCommand = (): Command => unconfined(inSections(...ALL.map(({ command }) => quiet(command))))

/** What tools say of themselves is not what they answer. */
const quiet = (command: Command): Command => sh`{
${command}
} 2>/dev/null`

export function parseTarget({ stdout }: Pick<CommandResult, 'stdout'>): TargetFacts {
  const said = announced(stdout)
  const of = <T>(part: Part<T>): Fact<T> => factOf(part, said[ALL.indexOf(part)])
  return {
    ...{ os: of(os), hostName: of(hostName), machine: of(machine), machineId: of(machineId), dmi: of(dmi) },
    ...{ virtualization: of(virtualization), container: of(container), userId: of(userId), hostKeys: of(hostKeys) },
    ...{ memory: of(memory), kexec: of(kexec), firmware: of(firmware), modaliases: of(modaliases) },
    ...{ network: of(network), routes4: of(routes4), routes6: of(routes6), cards: of(cards) },
    ...{ links: of(links), swaps: of(swaps), disks: of(disks), volumes: of(volumes), bootEntries: of(bootEntries) },
    ...{ deviceExports: of(deviceExports), namespaceMounts: of(namespaceMounts), openDevices: of(openDevices) },
  }
}

/** Of one part. The largest of an honest computer are the columns of its disks, 3 kB for each, and what is open in its programs. */
const MOST_BYTES = 8_000_000

function factOf<T>({ tool, parse }: Part<T>, said: Answer | undefined): Fact<T> {
  if (said === undefined) return { unknown: `the answer was cut off before ${tool}` }
  if (said.code !== 0) return { unknown: reason(tool, said) }
  if (said.bytes.length > MOST_BYTES) return { unknown: `${tool} said more than is read (8 MB)` }
  try {
    return { is: parse(visible(said.text, '\n\t')) }
  } catch {
    return { unknown: `${tool} answered in another form than it should` }
  }
}

/** 77 is our own, 124 that of timeout(1), 126 and 127 the shell's. */
function reason(tool: string, { code, text }: Answer): string {
  if (code === 77) return visible(text.trim())
  if (code === 124) return `${tool} gave no answer in time`
  return code === 126 || code === 127 ? `${tool} is not there` : `${tool} ended with exit code ${code}`
}
