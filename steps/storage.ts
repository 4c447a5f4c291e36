/** File systems as they are mounted, what they lie on, and the firmware that has started the machine. */
import type { DataTable } from '@cucumber/cucumber'
import { isMountedAs } from '../support/claim/storage/mounted.ts'
import { partitionExists } from '../support/claim/storage/partition.ts'
import {
  arrayPath,
  bootedBy,
  fileSystemIsEncrypted,
  fileSystemIsPlain,
  raidHas,
  subvolumeIsMountedAt,
  swapIsEncrypted,
  swapIsPlain,
} from '../support/claim/storage/storage.ts'
import { these } from '../support/core/text/text.ts'
import { every } from '../support/expect/every.ts'
import { firmware } from '../support/probe/storage/firmware.ts'
import { partitionsOfRows } from '../support/probe/storage/partition.ts'
import { storage, storageOfRows } from '../support/probe/storage/storage.ts'
import { readPartitions } from '../support/world/words/partition-table.ts'
import { Then } from '../support/world/words/sentence.ts'
import type { StepSuffix } from '../support/world/words/step-suffix.ts'
import { readArray, readMounts, readSubvolume } from '../support/world/words/storage-words.ts'

Then('these file systems are mounted{tail}:', async function (tail: StepSuffix, table: DataTable) {
  const rows = readMounts(table.raw())
  const claims = rows.map(row => ({ name: row.point, expectation: isMountedAs(row) }))
  const paths = rows.flatMap(({ source }) => (source?.startsWith('/') ? [source] : []))
  const query = { subject: these(rows.length, 'file system'), paths, rows: rows.length }
  await this.see(storageOfRows, query, every(claims, { is: 'as in the table' }), tail)
})

Then('these partitions exist{tail}:', async function (tail: StepSuffix, table: DataTable) {
  const rows = readPartitions(table.raw())
  const claims = rows.map(({ name, wanted }) => ({ name, expectation: partitionExists(wanted) }))
  const paths = rows.flatMap(({ wanted: { disk, partition } }) =>
    [disk, partition].flatMap(path => (path?.startsWith('/') ? [path] : [])),
  )
  const query = { subject: these(rows.length, 'partition'), paths, rows: rows.length }
  await this.see(partitionsOfRows, query, every(claims, { is: 'as in the table' }), tail)
})

Then('file system {path} is encrypted{tail}', async function (point: string, tail: StepSuffix) {
  await this.see(storage, { subject: `file system ${point}` }, fileSystemIsEncrypted(point), tail)
})

Then('file system {path} is not encrypted{tail}', async function (point: string, tail: StepSuffix) {
  await this.see(storage, { subject: `file system ${point}` }, fileSystemIsPlain(point), tail)
})

Then('swap is encrypted{tail}', async function (tail: StepSuffix) {
  await this.see(storage, { subject: 'swap' }, swapIsEncrypted(), tail)
})

Then('swap is not encrypted{tail}', async function (tail: StepSuffix) {
  await this.see(storage, { subject: 'swap' }, swapIsPlain(), tail)
})

Then(
  'btrfs subvolume {string} is mounted at {path}{tail}',
  async function (name: string, point: string, tail: StepSuffix) {
    await this.see(storage, { subject: `file system ${point}` }, subvolumeIsMountedAt(readSubvolume(name), point), tail)
  },
)

Then(
  'RAID {string} has {int} of {int} disks{tail}',
  async function (text: string, present: number, all: number, tail: StepSuffix) {
    const name = readArray(text, present, all)
    await this.see(storage, { subject: `RAID ${name}`, paths: [arrayPath(name)] }, raidHas(name, present, all), tail)
  },
)

Then('the machine has booted by UEFI{tail}', async function (tail: StepSuffix) {
  await this.see(firmware, undefined, bootedBy('UEFI'), tail)
})

Then('the machine has booted by BIOS{tail}', async function (tail: StepSuffix) {
  await this.see(firmware, undefined, bootedBy('BIOS'), tail)
})
