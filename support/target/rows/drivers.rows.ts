import type { Modalias } from '../facts/hardware.ts'
import { haveDrivers } from '../judge/drivers.ts'
import type { Judgement } from '../judgement.ts'
import { device, target } from '../testing/facts.ts'
import { EMMC, GENERIC, I225, MODULES, NVME, OTHER, REALTEK, SATA, VIRTIO } from '../testing/hardware.ts'
import type { TargetRow, TargetTable } from './row.ts'

interface Wanted {
  readonly blacklisted?: readonly string[]
  readonly card?: readonly Modalias[]
  readonly initrd?: readonly string[]
  readonly isEarly?: boolean
}

const facts = (modaliases: readonly Modalias[]) =>
  target({
    modaliases,
    disks: ['nvme0n1', 'sda', 'mmcblk0', 'vda', 'vdb'].map(name => device(`/dev/${name}`)),
    container: 'none',
  })
const row = (
  outcome: Judgement['is'],
  what: string,
  path: string,
  { card = VIRTIO, initrd = ['nvme', 'ahci', 'sd_mod', 'mmc_block'], isEarly = true, blacklisted = [] }: Wanted = {},
  says?: RegExp,
): TargetRow => [
  outcome,
  what,
  haveDrivers(facts([...card, ...NVME, ...SATA, ...EMMC, ...OTHER, ...GENERIC]), {
    modules: MODULES,
    initrdModules: initrd,
    blacklisted,
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
    row('held', 'a controller of a board', '/dev/mmcblk0', { initrd: ['mmc_block', 'sdhci-iproc'] }),
    row('held', 'what a device tree describes, and is built in', '/dev/vdb'),
    row('held', 'another module is blacklisted', '/dev/nvme0n1', { card: I225, blacklisted: ['e1000e'] }),
    row(
      'not held',
      'the only driver is blacklisted',
      '/dev/nvme0n1',
      { card: VIRTIO, blacklisted: ['virtio-net'] },
      /^eth0: virtio_net is blacklisted \(virtio:/,
    ),
    row(
      'not held',
      'the disk of a board is there, its controller is not',
      '/dev/mmcblk0',
      {},
      /sdhci_iproc is not in the initrd/,
    ),
    row(
      'unknown',
      'a controller that is built in under another name, or not at all',
      '/dev/vda',
      {},
      /^\/dev\/vda: whether the kernel has a driver for of:.* is not known; here it is brcm-pcie$/,
    ),
    row('not held', 'the disk is not there', '/dev/sdz', {}, /^there is no \/dev\/sdz$/),
    row('unknown', 'no card', '/dev/sda', { card: [] }, /no network card/),
    [
      'unknown',
      'a disk that tells nothing',
      haveDrivers(facts(VIRTIO), {
        modules: MODULES,
        initrdModules: [],
        blacklisted: [],
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
        blacklisted: [],
        disks: [],
      }),
      /shows no devices/,
    ],
  ],
}
