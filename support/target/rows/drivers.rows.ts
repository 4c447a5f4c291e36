import type { Modalias } from '../facts/hardware.ts'
import { haveDrivers } from '../judge/drivers.ts'
import type { Judgement } from '../judgement.ts'
import { KernelModules } from '../modules/kernel-modules.ts'
import { device, target } from '../testing/facts.ts'
import type { TargetRow, TargetTable } from './row.ts'

const MODULES = new KernelModules({
  'modules.alias': `# Aliases extracted from modules themselves.
alias virtio:d00000001v* virtio_net
alias pci:v00008086d000015F3sv*sd*bc*sc*i* igc
alias pci:v*d*sv*sd*bc01sc08i02* nvme
alias pci:v*d*sv*sd*bc01sc06i01* ahci
alias scsi:t-0x00* sd_mod`,
  'modules.dep': `kernel/drivers/net/virtio_net.ko.xz: kernel/net/core/failover.ko.xz
kernel/net/core/failover.ko.xz:
kernel/drivers/net/ethernet/intel/igc/igc.ko.xz:
kernel/drivers/nvme/host/nvme.ko.xz: kernel/drivers/nvme/host/nvme-core.ko.xz
kernel/drivers/nvme/host/nvme-core.ko.xz:
kernel/drivers/ata/ahci.ko.xz: kernel/drivers/ata/libahci.ko.xz
kernel/drivers/ata/libahci.ko.xz:
kernel/drivers/scsi/sd_mod.ko.xz:`,
  'modules.builtin': 'kernel/drivers/virtio/virtio_pci.ko\n',
  'modules.builtin.modinfo': 'virtio_pci.license=GPL\0virtio_pci.alias=pci:v00001AF4d*sv*sd*bc*sc*i*\0',
})

const seen = (
  kind: Modalias['class'],
  name: string,
  ...chain: readonly (readonly [driver: string, alias: string])[]
): Modalias[] => chain.map(([driver, alias], depth) => ({ class: kind, name, depth, alias, driver }))

const VIRTIO = seen(
  'net',
  'eth0',
  ['virtio_net', 'virtio:d00000001v00001AF4'],
  ['virtio-pci', 'pci:v00001AF4d00001041sv00001AF4sd00001041bc02sc00i00'],
)
const I225 = seen('net', 'eth0', ['igc', 'pci:v00008086d000015F3sv00000000sd00000000bc02sc00i00'])
const REALTEK = seen('net', 'eth0', ['r8169', 'pci:v000010ECd00008168sv00001043sd00008677bc02sc00i00'])
const BRIDGE = ['pcieport', 'pci:v00008086d0000A340sv00000000sd00000000bc06sc04i00'] as const
const NVME = seen('block', 'nvme0n1', ['nvme', 'pci:v0000144Dd0000A808sv0000144Dsd0000A801bc01sc08i02'], BRIDGE)
const SATA = seen(
  'block',
  'sda',
  ['sd', 'scsi:t-0x00'],
  ['ahci', 'pci:v00008086d0000A352sv00001043sd00008694bc01sc06i01'],
)

interface Wanted {
  readonly card?: readonly Modalias[]
  readonly initrd?: readonly string[]
  readonly isEarly?: boolean
}

const facts = (modaliases: readonly Modalias[]) =>
  target({ modaliases, disks: [device('/dev/nvme0n1'), device('/dev/sda')], container: 'none' })
const row = (
  outcome: Judgement['is'],
  what: string,
  path: string,
  { card = VIRTIO, initrd = ['nvme', 'ahci', 'sd_mod'], isEarly = true }: Wanted = {},
  says?: RegExp,
): TargetRow => [
  outcome,
  what,
  haveDrivers(facts([...card, ...NVME, ...SATA]), {
    modules: MODULES,
    initrdModules: initrd,
    disks: [{ device: path, isEarly }],
  }),
  says,
]

export const driversRows: TargetTable = {
  'disks and network cards of the target have drivers in host {string}': [
    row('held', 'NVMe', '/dev/nvme0n1'),
    row('held', 'a disk behind SATA', '/dev/sda'),
    row('held', 'another card', '/dev/nvme0n1', { card: I225 }),
    row('held', 'an initrd names them with dashes', '/dev/sda', { initrd: ['ahci', 'sd-mod'] }),
    row('held', 'a disk that the initrd does not want', '/dev/sda', { initrd: [], isEarly: false }),
    row(
      'not held',
      'a card without a driver',
      '/dev/sda',
      { card: REALTEK },
      /^eth0: the kernel has no driver for pci:v000010ECd.*; here it is r8169$/,
    ),
    row(
      'not held',
      'NVMe is not in the initrd',
      '/dev/nvme0n1',
      { initrd: ['ahci', 'sd_mod'] },
      /^\/dev\/nvme0n1: nvme is not in the initrd/,
    ),
    row(
      'not held',
      'the controller is there, the disk is not',
      '/dev/sda',
      { initrd: ['ahci'] },
      /sd_mod is not in the initrd/,
    ),
    row('not held', 'the disk is not there', '/dev/sdz', {}, /^there is no \/dev\/sdz$/),
    row('unknown', 'no card', '/dev/sda', { card: [] }, /no network card/),
    [
      'unknown',
      'a disk that tells nothing',
      haveDrivers(facts(VIRTIO), {
        modules: MODULES,
        initrdModules: [],
        disks: [{ device: '/dev/sda', isEarly: true }],
      }),
      /^nothing tells by what \/dev\/sda is driven$/,
    ],
    [
      'unknown',
      'no sysfs',
      haveDrivers(target({}, { modaliases: '/sys shows no devices' }), {
        modules: MODULES,
        initrdModules: [],
        disks: [],
      }),
      /shows no devices/,
    ],
  ],
}
