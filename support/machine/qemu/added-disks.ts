/** Disks that a machine has besides those of its script: the host's further file systems, empty. */
import { join } from 'node:path'
import type { MachineTools } from '../../nix/toolchain.ts'
import { makeOverlay } from './qemu-img.ts'

export interface AddedDisk {
  /** udev makes `/dev/disk/by-id/virtio-<serial>` of it (60-persistent-storage.rules). */
  readonly serial: string
  /** Store path of a folder with the `disk.qcow2` that it begins as. */
  readonly image: string
}

const overlayOf = (dir: string, { serial }: AddedDisk): string => join(dir, `${serial}.qcow2`)

/** Makes the files that the machine will write to, in its own folder. @throws EnvironmentBroken */
export async function makeDisks(
  disks: readonly AddedDisk[],
  where: { readonly dir: string; readonly tools: MachineTools },
): Promise<void> {
  for (const disk of disks)
    await makeOverlay(
      { disk: join(disk.image, 'disk.qcow2'), format: 'qcow2', overlay: overlayOf(where.dir, disk) },
      where,
    )
}

/** QEMU's arguments for them. */
export const diskOptions = (disks: readonly AddedDisk[], dir: string): string[] =>
  disks.flatMap(disk => [
    ...['-drive', `file=${overlayOf(dir, disk)},if=none,id=${disk.serial},format=qcow2,discard=unmap`],
    ...['-device', `virtio-blk-pci,drive=${disk.serial},serial=${disk.serial}`],
  ])
