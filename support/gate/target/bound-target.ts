/** The part of a verdict's form that says which machine is to be wiped, and what was seen of it. */
import { z } from 'zod'
import { count, sha256, text } from '../values.ts'

const disk = z.strictObject({
  /** As the layout names it: `/dev/disk/by-id/nvme-1`. */
  device: text,
  /** As its kernel named it then, for a person: `/dev/sda`. Another boot may name it otherwise. */
  path: text,
  serial: text.nullable(),
  wwn: text.nullable(),
  /** Bytes. */
  size: count,
  /** UUID of its partition table (lsblk's PTUUID): a wipe makes another. Null of a disk without a table. */
  partitionTable: text.nullable(),
  /** What lies on the whole disk without a partition table, with its UUID: `LVM2_member 5x2…`. A wipe makes another. */
  content: text.nullable(),
})

const judgement = z.strictObject({
  what: text,
  outcome: z.enum(['held', 'not held', 'unknown']),
  said: text,
})

export const targetSchema = z.strictObject({
  /** As given, without secrets. Not compared: a machine may be reached by another way. */
  address: text,
  /** As connected; one that has several shows one of them. */
  hostKey: z.strictObject({ type: text, fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/) }),
  /** Of the computer by its firmware (SMBIOS type 1). Null where it has none, and where that was not to be seen. */
  uuid: text.nullable(),
  /** It was judged as one that is to be wiped; one that is only switched to the system keeps its disks, of which nothing is bound then. */
  wiped: z.boolean(),
  /** As `uname -m`; null where it was not to be seen, as below. */
  architecture: text.nullable(),
  firmware: z.enum(['UEFI', 'BIOS']).nullable(),
  /** By the name of the disk in the layout; what was not found is left out. */
  disks: z.record(text, disk),
  /** What the host needs of it, each judged by what was seen. */
  preflight: z.array(judgement),
  /** Of all facts that were seen, as text. */
  facts: sha256,
})

export type BoundTarget = z.infer<typeof targetSchema>
export type BoundDisk = BoundTarget['disks'][string]
export type Preflight = BoundTarget['preflight'][number]
