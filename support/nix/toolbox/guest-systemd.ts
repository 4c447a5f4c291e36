import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildDir } from './build-dir.ts'
import type { Manifest } from './unpack.ts'

/** Only what an offline guest needs at boot; each further generator costs every boot about 0.1 s under emulation. */
const GENERATORS = ['systemd-fstab-generator', 'systemd-getty-generator', 'systemd-debug-generator']

/** Kept aside: the look-alike's /etc links to it when there is a crypttab. */
const GENERATORS_ASIDE = ['systemd-cryptsetup-generator']

/** Packages whose units systemd itself needs; every other unit is made by a NixOS module or does not exist. */
const UNITS_OF = [
  'systemd',
  'systemd-resolved',
  'systemd-timesyncd',
  'systemd-cryptsetup',
  'udev',
  'dbus',
  'dbus-system-bus-common',
  'util-linux',
  'lvm2',
  'mdadm',
]

const UDEV_RULES =
  /^(50-udev-default|55-dm|60-block|60-persistent-storage|60-persistent-storage-dm|60-serial|70-uaccess|71-seat|73-seat-late|75-net-description|78-sound-card|80-drivers|80-net-setup-link|90-vconsole|95-dm-notify|99-systemd)\.rules$/

/** Kept aside: the look-alike's /etc links to those of what a host has. */
const UDEV_RULES_ASIDE = /^(01-md-raid-creating|56-lvm|6[34]-md-raid-\w+|64-btrfs.*|69-lvm)\.rules$/

/** NixOS links every unit into /etc from the store; Debian's stand where they are found only when asked for. */
export async function trimSystemd({ root }: BuildDir, manifest: Manifest): Promise<void> {
  const systemd = join(root, 'usr/lib/systemd')
  const wanted = new Set(UNITS_OF.flatMap(name => manifest[name] ?? []).map(file => file.replace(/ -> .*/, '')))
  for (const unit of await readdir(join(systemd, 'system')))
    if (!wanted.has(`/usr/lib/systemd/system/${unit}`) && !/\.(wants|requires|d)$/.test(unit))
      await rm(join(systemd, 'system', unit), { recursive: true })
  for (const unit of await readdir(join(systemd, 'user'), { recursive: true }))
    if (/gpg|dirmngr|ssh-agent/.test(unit)) await rm(join(systemd, 'user', unit), { force: true, recursive: true })
  await mkdir(join(systemd, 'upstream'))
  await rename(join(systemd, 'system'), join(systemd, 'upstream/system'))
  await trimGenerators(systemd)
  const debian = join(root, 'usr/share/debian')
  await mkdir(debian, { recursive: true })
  for (const folder of ['tmpfiles.d', 'sysctl.d', 'sysusers.d', 'modules-load.d', 'modprobe.d'])
    await rename(join(root, 'usr/lib', folder), join(debian, folder)).catch(() => {})
}

async function trimGenerators(systemd: string): Promise<void> {
  const [from, aside] = [join(systemd, 'system-generators'), join(systemd, 'upstream/system-generators')]
  await mkdir(aside)
  for (const generator of await readdir(from))
    if (GENERATORS_ASIDE.includes(generator)) await rename(join(from, generator), join(aside, generator))
    else if (!GENERATORS.includes(generator)) await rm(join(from, generator))
}

/** Each rule is weighed for each device at each boot; a virtual machine has few kinds. */
export async function trimUdevRules({ root }: BuildDir): Promise<void> {
  const [folder, aside] = [join(root, 'usr/lib/udev/rules.d'), join(root, 'usr/lib/udev/upstream')]
  await mkdir(aside)
  for (const rule of await readdir(folder))
    if (UDEV_RULES_ASIDE.test(rule)) await rename(join(folder, rule), join(aside, rule))
    else if (!UDEV_RULES.test(rule)) await rm(join(folder, rule))
}
