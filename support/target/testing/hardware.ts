/** Cards and disks of targets, with what they are connected to, and a kernel that has modules for some of them. */
import type { Modalias } from '../facts/hardware.ts'
import { KernelModules } from '../modules/kernel-modules.ts'

export const MODULES = new KernelModules({
  'modules.alias': `# Aliases extracted from modules themselves.
alias virtio:d00000001v* virtio_net
alias pci:v00008086d000015F3sv*sd*bc*sc*i* igc
alias pci:v*d*sv*sd*bc01sc08i02* nvme
alias pci:v*d*sv*sd*bc01sc06i01* ahci
alias scsi:t-0x00* sd_mod
alias mmc:block mmc_block
alias of:N*T*Cbrcm,bcm2711-emmc2C* sdhci_iproc
alias of:N*T*Cbrcm,bcm2711-emmc2 sdhci_iproc`,
  'modules.dep': `kernel/drivers/net/virtio_net.ko.xz: kernel/net/core/failover.ko.xz
kernel/net/core/failover.ko.xz:
kernel/drivers/net/ethernet/intel/igc/igc.ko.xz:
kernel/drivers/nvme/host/nvme.ko.xz: kernel/drivers/nvme/host/nvme-core.ko.xz
kernel/drivers/nvme/host/nvme-core.ko.xz:
kernel/drivers/ata/ahci.ko.xz: kernel/drivers/ata/libahci.ko.xz
kernel/drivers/ata/libahci.ko.xz:
kernel/drivers/scsi/sd_mod.ko.xz:
kernel/drivers/mmc/core/mmc_block.ko.xz:
kernel/drivers/mmc/host/sdhci-iproc.ko.xz:`,
  'modules.builtin': 'kernel/drivers/virtio/virtio_pci.ko\nkernel/drivers/pci/controller/pci-host-generic.ko\n',
  'modules.builtin.modinfo': 'virtio_pci.license=GPL\0virtio_pci.alias=pci:v00001AF4d*sv*sd*bc*sc*i*\0',
})

const seen = (
  kind: Modalias['class'],
  name: string,
  ...chain: readonly (readonly [driver: string, alias: string])[]
): Modalias[] =>
  chain.map(([driver, alias], depth) => ({ class: kind, name, depth, alias, ...(driver === '' ? {} : { driver }) }))

export const VIRTIO = seen(
  'net',
  'eth0',
  ['virtio_net', 'virtio:d00000001v00001AF4'],
  ['virtio-pci', 'pci:v00001AF4d00001041sv00001AF4sd00001041bc02sc00i00'],
)
export const I225 = seen('net', 'eth0', ['igc', 'pci:v00008086d000015F3sv00000000sd00000000bc02sc00i00'])
export const REALTEK = seen('net', 'eth0', ['r8169', 'pci:v000010ECd00008168sv00001043sd00008677bc02sc00i00'])
const BRIDGE = ['pcieport', 'pci:v00008086d0000A340sv00000000sd00000000bc06sc04i00'] as const
export const NVME = seen('block', 'nvme0n1', ['nvme', 'pci:v0000144Dd0000A808sv0000144Dsd0000A801bc01sc08i02'], BRIDGE)
export const SATA = seen(
  'block',
  'sda',
  ['sd', 'scsi:t-0x00'],
  ['ahci', 'pci:v00008086d0000A352sv00001043sd00008694bc01sc06i01'],
)

export const EMMC = seen(
  'block',
  'mmcblk0',
  ['mmcblk', 'mmc:block'],
  ['sdhci-iproc', 'of:NmmcT(null)Cbrcm,bcm2711-emmc2'],
  ['', 'of:NscbT(null)Csimple-bus'],
)
/** A driver that is built in under another name than its own. */
export const OTHER = seen(
  'block',
  'vda',
  ['virtio_blk', 'mmc:block'],
  ['brcm-pcie', 'of:NpcieT(null)Cbrcm,bcm2711-pcie'],
)
export const GENERIC = seen(
  'block',
  'vdb',
  ['', 'mmc:block'],
  ['pci-host-generic', 'of:NpcieT(null)Cpci-host-ecam-generic'],
)
