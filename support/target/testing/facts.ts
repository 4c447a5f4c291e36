/** Targets for rows: of nothing anything is known but what a row says. */
import type { HostNeeds } from '../../flake/plan/host-needs.ts'
import type { BlockDevice } from '../facts/disks.ts'
import { parseTarget, type TargetFacts } from '../facts.ts'

const NOTHING = parseTarget({ stdout: Buffer.alloc(0) })

type Known = { readonly [Name in keyof TargetFacts]?: Extract<TargetFacts[Name], { is: unknown }>['is'] }

/** @param unknown parts of which it is said why they are not known */
export const target = (
  known: Known,
  unknown: Readonly<Partial<Record<keyof TargetFacts, string>>> = {},
): TargetFacts => ({
  ...NOTHING,
  ...each(known, is => ({ is })),
  ...each(unknown, why => ({ unknown: why })),
})

const each = (of: object, make: (value: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, make(value)]))

/** `sda`, `dm-0`: a device without anything else on it. */
export const device = (path: string, more: Partial<BlockDevice> = {}): BlockDevice => ({
  ...{ name: path.replace('/dev/', ''), path, type: 'disk', size: 256e9, readOnly: false, serial: null, wwn: null },
  ...{ model: null, transport: null, tableUuid: null, partLabel: null, fileSystem: null, uuid: null, label: null },
  ...{ mountPoints: [], children: [], number: null },
  ...more,
})

export const part = (path: string, more: Partial<BlockDevice> = {}): BlockDevice =>
  device(path, { type: 'part', ...more })

type Network = HostNeeds['network']

export const needs = ({
  network = {},
  ...more
}: Partial<Omit<HostNeeds, 'network'>> & { network?: Partial<Network> }): HostNeeds => ({
  system: 'x86_64-linux',
  boot: { loaders: ['systemd-boot'], uefi: true, bios: false, is64Bit: true, isSigned: false },
  initrdModules: [],
  blacklisted: [],
  keepsEtcSsh: true,
  sshd: true,
  hostKeys: ['/etc/ssh/ssh_host_rsa_key', '/etc/ssh/ssh_host_ed25519_key'],
  ...more,
  network: { claims: [], gateways: [], onLink: [], named: [], dynamic: false, predictable: true, ...network },
})

export const claim = (more: Partial<Network['claims'][number]>): Network['claims'][number] => ({
  ...{ option: 'networking.interfaces.eth0', names: [], patterns: [], macs: [], addresses: [], gateways: [] },
  ...{ dhcp: false, on: null, tagged: false },
  ...more,
})
