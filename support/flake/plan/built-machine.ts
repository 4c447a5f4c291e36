/** What of a machine is built: the script that starts it, its disks, and what makes its store's image. */
import { mkdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { shortHash } from '../../core/text/short-hash.ts'
import type { Subject } from '../subject.ts'
import { contentsIn } from './contents-in.ts'
import type { BootSurroundings, EvaluatedMachine } from './evaluated-machine.ts'
import { qemuOf } from './qemu.ts'
import { type StoreImage, storeImageOf } from './store-image.ts'

export interface BuiltMachine {
  /** Store path of the derivation that holds `bin/run-*-vm`. */
  readonly vm: string
  /** Folder of the QEMU that its script starts, where that is one of the store. */
  readonly qemu?: string
  /** The system inside the machine: the host's, with nixos-shell's module and the harness. Unknown to some `vm`s. */
  readonly vmToplevel?: string
  /** Of it, and of the images of its disks: a path of the store does not bind what lies there, and it is kept for other runs. */
  readonly contents: readonly string[]
  /** Disks that its QEMU has besides, each with the image that it begins as. */
  readonly disks: readonly PlannedDisk[]
  /** Its store, where its script does not make an image of it by itself. */
  readonly storeImage?: StoreImage
}

export interface PlannedDisk {
  /** udev makes `/dev/disk/by-id/virtio-<serial>` of it. */
  readonly serial: string
  /** Store path of a folder with `disk.qcow2`. */
  readonly image: string
}

/** @throws NixRefused when it does not build; NixUnavailable when Nix cannot work here */
export async function buildMachine(
  subject: Subject,
  host: string,
  evaluated: EvaluatedMachine,
  { nix, scratch, cacheDir, progress }: BootSurroundings,
): Promise<BuiltMachine> {
  const links = join(scratch, 'links')
  await mkdir(links, { recursive: true })
  const asked = { sources: () => subject.sources(), settings: await subject.settings() }
  const task = progress.start(`building host ${host}`)
  const vm = await nix
    .build(evaluated.vm, join(links, shortHash(host, evaluated.vm)), {
      subject: `host "${host}" does not build`,
      ...asked,
      task,
    })
    .finally(() => task.done())

  const [qemu, contents] = await Promise.all([qemuOf(vm, { nix, cacheDir, progress }), contentsIn(nix, host, [vm])])
  const build = (what: string, drv: string): Promise<string> =>
    nix.build(drv, join(links, shortHash(drv)), { subject: `${what} of host "${host}" does not build`, ...asked })
  const disks = await builtDisks(evaluated.disks, drv => build('a disk', drv))
  const maker = evaluated.storeImage
  const storeImage = maker === null ? undefined : await storeImageOf(await build('the store', maker), nix.toolchain)
  const vmToplevel = await readlink(join(nix.toolchain.realPath(vm), 'system')).catch(() => undefined)
  const ofDisks = await contentsIn(nix, host, [...new Set(disks.map(({ image }) => image))])
  return {
    vm,
    contents: [...contents, ...ofDisks],
    disks,
    ...(qemu === undefined ? {} : { qemu }),
    ...(vmToplevel === undefined ? {} : { vmToplevel }),
    ...(storeImage === undefined ? {} : { storeImage }),
  }
}

/** Disks that begin alike begin as one image. */
async function builtDisks(
  disks: readonly PlannedDisk[],
  build: (image: string) => Promise<string>,
): Promise<PlannedDisk[]> {
  const images = new Map<string, string>()
  for (const image of new Set(disks.map(disk => disk.image))) images.set(image, await build(image))
  return disks.map(({ serial, image }) => ({ serial, image: images.get(image) ?? image }))
}
