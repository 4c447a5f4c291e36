/** Drives a host onto virtual disks: its disk script, then nixos-install, in a machine of the host's own nixpkgs. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, type CommandResult, sh } from '../../core/command.ts'
import { ConfigurationBroken } from '../../core/errors.ts'
import { rows, tail } from '../../core/text/text.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { type Duration, minutes, scale } from '../../core/time/duration.ts'
import type { BootContext, InstalledPlan, Machine } from '../machine.ts'
import { makeEmptyDisk } from '../qemu/qemu-img.ts'
import type { BootTarget } from '../vm/boot.ts'
import { bootQemu } from '../vm/boot.ts'
import { placeFiles } from './handed-files.ts'
import { typedPassphrases, writeKeys } from './passphrase.ts'
import { rescueSpec } from './rescue-vm.ts'
import type { TargetDisk } from './target-disks.ts'
import { diskFile } from './target-options.ts'

/** Sparse, and as large as most real ones need to be. */
const DISK_GIB = 32
const LAY_OUT = minutes(5)
const HAND_OVER = minutes(1)
const INSTALL = minutes(10)
const POWER_OFF = minutes(2)
const SAID_LINES = 20
/** Fifths of a second, for a disk to turn up. */
const TRIES = 150

/** @param targets folder in which the files of the disks are made. @throws ConfigurationBroken when the host cannot be installed so */
export async function install(
  plan: InstalledPlan,
  disks: readonly TargetDisk[],
  targets: string,
  { context, tools }: { readonly context: BootContext; readonly tools: BootTarget['tools'] },
): Promise<void> {
  await mkdir(targets, { recursive: true })
  for (const disk of disks)
    await makeEmptyDisk({ file: diskFile(targets, disk), gib: DISK_GIB }, { dir: targets, tools })
  const inside = { ...context, runtimeDir: join(context.runtimeDir, 'r'), coldBoot: true }
  await mkdir(inside.runtimeDir, { recursive: true })
  const { cache, handed = [] } = context
  await using rescue = await bootQemu(rescueSpec(plan, { disks, targets, cache, handed }), inside)
  const act = acting(plan, rescue, context)
  await act('laying out the disks', LAY_OUT, layOut(plan, disks))
  if (handed.length > 0) await act('handing over files', HAND_OVER, await placeFiles())
  await act('installing', INSTALL, installed(plan))
  await act('looking at what is installed', POWER_OFF, lookAt(plan))
  await rescue.power('shutdown', Deadline.after(scale(POWER_OFF, rescue.slowness)))
}

type Act = (what: string, within: Duration, command: Command) => Promise<void>

function acting(plan: InstalledPlan, rescue: Machine, { progress }: BootContext): Act {
  return async (what, within, command) => {
    const task = progress.start(`${what} of ${plan.name}`)
    try {
      const shell = await rescue.shell(rescue.preferred)
      const result = await shell.run(command, { attempt: scale(within, rescue.slowness) })
      if (result.exitCode !== 0) throw notInstalled(plan, what, result, rescue)
    } finally {
      task.done()
    }
  }
}

/** A name of real hardware is a link here, to the disk that stands for it: virtio, NVMe and SCSI (its page 0x80) say their serial in sysfs. */
const layOut = (plan: InstalledPlan, disks: readonly TargetDisk[]): Command => {
  const named = disks.map(({ device, serial }) => sh`name ${serial} ${device}`.script).join('\n')
  return sh`set -eu
serial() {
  for file in serial device/serial device/vpd_pg80; do
    [ ! -r "$1/$file" ] || { LC_ALL=C tr -cd '[:alnum:]._+:-' <"$1/$file"; return; }
  done
}
find() {
  for block in /sys/block/*; do
    [ "$(serial "$block")" != "$1" ] || echo "/dev/\${block##*/}"
  done
}
name() {
  node= tries=0
  # A bus is looked through on the side.
  until node=$(find "$1"); [ -n "$node" ] || [ $tries -ge ${TRIES} ]; do tries=$((tries + 1)); sleep 0.2; done
  [ -n "$node" ] || { echo "there is no disk for $2" >&2; exit 1; }
  [ "$node" = "$2" ] && return
  # One of this machine's own, which is in use already and needs no name any more.
  [ ! -b "$2" ] || [ -L "$2" ] || mv "$2" "$2-of-installer"
  mkdir -p "$(dirname "$2")"
  ln -sfn "$node" "$2"
}
udevadm settle
${{ script: named }}
${writeKeys(plan)}
{ ${typedPassphrases(plan)}
} | ${plan.diskScript}`
}

const installed = ({ toplevel }: InstalledPlan): Command =>
  sh`nixos-install --system ${toplevel} --root /mnt --no-root-passwd --no-channel-copy </dev/null`

/** The profile is the very system, and everything is on the disks before the power goes. */
const lookAt = ({ toplevel }: InstalledPlan): Command =>
  sh`set -eu
profile=$(readlink /mnt/nix/var/nix/profiles/system)
system=$(readlink "/mnt/nix/var/nix/profiles/$profile")
[ "$system" = ${toplevel} ] || { echo "what is installed is $system" >&2; exit 1; }
swapoff --all
umount --recursive /mnt
sync`

const notInstalled = (
  { name }: InstalledPlan,
  what: string,
  { exitCode, stdout, stderr }: CommandResult,
  { console }: Machine,
): ConfigurationBroken =>
  new ConfigurationBroken(
    `Host "${name}" cannot be installed: ${what} failed with exit code ${exitCode}\n${rows({
      Said: tail(`${stdout.toString()}${stderr.toString()}`, SAID_LINES),
      Evidence: console && `console: ${console.transcriptFile}`,
    })}`.trimEnd(),
  )
