/** Files that are handed over to a host, put onto its disks before it is installed there, as nixos-anywhere's --extra-files does. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { argv, type Command } from '../../core/command.ts'
import { NotSupported } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import type { HandedFile } from '../../core/values/guest-file.ts'
import { makeFilesDisk } from '../qemu/files-disk.ts'

/** Where disks are mounted while a host is installed. */
const MOUNTED = '/mnt'
const PLACE = join(import.meta.dirname, '../../flake/wrapper/place-files.sh')

/** Users of the host are made at its first boot: until then they are numbers. */
const IS_NUMBER = /^(?:root|\d{1,10})(?::(?:root|\d{1,10}))?$/

/** @throws NotSupported for an owner by a name */
export function refuseNamedOwners(host: string, handed: readonly HandedFile[]): void {
  const named = handed.find(({ owner }) => owner !== undefined && !IS_NUMBER.test(owner))
  if (named === undefined) return
  throw new NotSupported(
    `${named.path} cannot be handed over to host "${host}" where it is installed: users have no names yet\n${rows({
      Expected: 'owner as numbers: "1000:100"',
      Got: named.owner,
    })}`.trimEnd(),
  )
}

/** QEMU's arguments for the disk by which they get into the machine that installs. */
export const handedDisk = (handed: readonly HandedFile[], dir: string): Promise<string[]> =>
  makeFilesDisk(
    handed.map(file => ({ ...file, path: `${MOUNTED}${file.path}` })),
    dir,
  )

/** Puts them into their places, on disks that are mounted. */
export const placeFiles = async (): Promise<Command> =>
  argv('bash', '-c', await readFile(PLACE, 'utf8'), 'place-files', 'early')
