/** A small disk by which files get into a machine: wrapper/files.nix reads it before the activation. It is read-only and has no file system. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HandedFile } from '../../core/values/guest-file.ts'

/** Name of the device, by which the guest knows it; at most 20 bytes (virtio-blk). */
const SERIAL = 'nixcumber-files'
const BLOCK = 4096

/**
 * Writes the disk into the machine's folder, which must be in memory, and gives QEMU's arguments for it: a path, never a value.
 * Nothing of it goes on a command line, into the store, or into an environment.
 */
export async function makeFilesDisk(files: readonly HandedFile[], dir: string): Promise<string[]> {
  if (files.length === 0) return []
  const file = join(dir, 'files.raw')
  await writeFile(file, filesDisk(files), { mode: 0o600, flag: 'wx' })
  return [
    ...['-drive', `file=${file},if=none,id=${SERIAL},format=raw,readonly=on`],
    ...['-device', `virtio-blk-pci,drive=${SERIAL},serial=${SERIAL}`],
  ]
}

/** A line with the number of files, one for each of them, then their contents, one after the other, as long as their lines say. Pure. */
export function filesDisk(files: readonly HandedFile[]): Buffer {
  const lines = files.map(({ content, mode, owner = '-', path }) => `${content.length} ${mode} ${owner} ${path}\n`)
  const header = Buffer.from([`${files.length}\n`, ...lines].join(''))
  const length = header.length + files.reduce((sum, { content }) => sum + content.length, 0)
  const padding = Buffer.alloc((BLOCK - (length % BLOCK)) % BLOCK)
  return Buffer.concat([header, ...files.map(({ content }) => content), padding])
}
