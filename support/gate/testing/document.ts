/** A verdict in which everything is good. */
import type { BoundTarget } from '../target/bound-target.ts'
import type { SeenTarget } from '../target/seen-target.ts'
import { FORMAT, type VerdictDocument } from '../verdict.ts'

const hex = (digit: string): string => digit.repeat(64)
const path = (name: string): string => `/nix/store/${'a'.repeat(32)}-${name}`

export const goodTarget = (): BoundTarget => ({
  address: 'root@198.51.100.7',
  hostKey: { type: 'ssh-ed25519', fingerprint: `SHA256:${'C'.repeat(43)}` },
  wiped: true,
  uuid: '4c4c4544-0042-3510-8054-b4c04f565931',
  architecture: 'x86_64',
  firmware: 'UEFI',
  disks: {
    main: {
      ...{ device: '/dev/disk/by-id/nvme-1', path: '/dev/nvme0n1', serial: 'S4EWNX0R', wwn: 'eui.0025385b01402ee1' },
      ...{ size: 512_110_190_592, partitionTable: '5ebb9a2c-9c6f-4f0e-8f0e-6f1f2a3b4c5d', content: null },
    },
  },
  preflight: [{ what: 'architecture', outcome: 'held', said: 'x86_64' }],
  facts: `sha256-${hex('a')}`,
})

/** The same, as it is seen at a look. */
export function seenTarget(change: Partial<BoundTarget> = {}): SeenTarget {
  const { uuid, architecture, firmware, disks, ...same } = { ...goodTarget(), ...change }
  return {
    ...same,
    uuid: { is: uuid },
    architecture: architecture === null ? { unknown: 'not seen' } : { is: architecture },
    firmware: firmware === null ? { unknown: 'not seen' } : { is: firmware },
    disks: { is: disks },
  }
}

export const good = (): VerdictDocument => ({
  format: FORMAT,
  word: 'GO',
  level: 'vm',
  reasons: [],
  notLookedAt: ['whether this nonce was used before'],
  host: 't14',
  flake: {
    reference: 'git+file:///srv/laptop',
    revision: '1'.repeat(40),
    dirtyRevision: null,
    dirtyAllowed: false,
    narHash: `sha256-${'A'.repeat(43)}=`,
    fingerprint: hex('2'),
    lock: `sha256-${hex('3')}`,
    unlocked: [],
    importFromDerivation: false,
  },
  toplevel: {
    derivation: path('nixos-system-t14.drv'),
    path: path('nixos-system-t14'),
    contents: `sha256-${hex('4')}`,
  },
  diskScript: { derivation: path('disko.drv'), path: path('disko'), contents: `sha256-${hex('5')}` },
  bootLoaders: ['systemd-boot'],
  disks: { main: '/dev/disk/by-id/nvme-1' },
  features: { files: { 'features/t14.feature': `sha256-${hex('6')}` }, tags: null, hash: `sha256-${hex('7')}` },
  results: {
    digest: `sha256-${hex('8')}`,
    exitCode: 0,
    counts: { held: 3, failed: 0, refused: 0, error: 0, unfinished: 0, skipped: 0 },
    flaky: [],
    waived: [],
  },
  machines: {
    t14: {
      driver: 'nixos-shell',
      toplevels: [path('nixos-system-t14')],
      diskScript: null,
      accelerator: 'kvm',
      differences: [{ option: 'fileSystems', host: 'a disk', machine: null, why: 'a virtual machine has its own' }],
    },
  },
  target: goodTarget(),
  installer: `sha256-${hex('c')}`,
  inputs: 'real',
  versions: { nixcumber: '0.1.0', nix: '2.26.3', qemu: '10.0.8' },
  issued: '2026-11-30T20:00:00Z',
  expires: '2026-12-01T20:00:00Z',
  nonce: '9'.repeat(32),
  signer: `SHA256:${'B'.repeat(43)}`,
})

/** The same of level `installed`. */
export function goodInstalled(): VerdictDocument {
  const document = good()
  document.level = 'installed'
  Object.assign(document.machines.t14 ?? {}, { driver: 'installed', diskScript: path('disko'), differences: [] })
  return document
}
