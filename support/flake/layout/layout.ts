/** A disko layout as layout.nix writes it down: what is to be on each disk. */
import { z } from 'zod'

/** What a disk, a partition, a volume or an array holds; null where nothing is made in it. */
export type Content =
  | null
  | { readonly type: 'gpt' | 'table'; readonly partitions: readonly Partition[] }
  | { readonly type: 'filesystem'; readonly format: string; readonly mountPoint: string | null }
  | {
      readonly type: 'btrfs'
      readonly mountPoint: string | null
      readonly subvolumes: readonly Mount[]
      readonly swapFiles: readonly string[]
    }
  | { readonly type: 'swap'; readonly randomKey: boolean }
  | { readonly type: 'luks'; readonly name: string; readonly content: Content }
  | { readonly type: 'mdraid'; readonly array: string }
  | { readonly type: 'lvm_pv'; readonly group: string }
  | { readonly type: 'zfs'; readonly pool: string }
  /** A kind that is not read here. */
  | { readonly type: string; readonly strange: true }

export interface Partition {
  readonly name: string | null
  /** sgdisk's code or the GUID; of the legacy table `primary`, `logical`, `extended`. */
  readonly type: string
  /** disko's word: `512M`, `100%`, or `1M to 128M` where it says a start and an end. */
  readonly size: string
  readonly content: Content
}

interface Mount {
  readonly name: string
  readonly mountPoint: string | null
}

const maybe = z.string().nullable()
const mount = z.object({ name: z.string(), mountPoint: maybe })
const content: z.ZodType<Content> = z.lazy(() =>
  z.union([
    z.null(),
    z.object({ type: z.string(), strange: z.literal(true) }),
    z.discriminatedUnion('type', [
      z.object({ type: z.enum(['gpt', 'table']), partitions: z.array(partition) }),
      z.object({ type: z.literal('filesystem'), format: z.string(), mountPoint: maybe }),
      z.object({
        type: z.literal('btrfs'),
        mountPoint: maybe,
        subvolumes: z.array(mount),
        swapFiles: z.array(z.string()),
      }),
      z.object({ type: z.literal('swap'), randomKey: z.boolean() }),
      z.object({ type: z.literal('luks'), name: z.string(), content }),
      z.object({ type: z.literal('mdraid'), array: z.string() }),
      z.object({ type: z.literal('lvm_pv'), group: z.string() }),
      z.object({ type: z.literal('zfs'), pool: z.string() }),
    ]),
  ]),
)
const partition = z.object({ name: maybe, type: z.string(), size: z.string(), content })

export const layoutSchema = z.object({
  disks: z.array(z.object({ name: z.string(), device: z.string(), wiped: z.boolean(), content })),
  /** Names below /dev/disk/by-partlabel, by which disko's script finds what it has made on its disks. */
  partitionLabels: z.array(z.string()),
  arrays: z.array(z.object({ name: z.string(), level: z.string(), content })),
  groups: z.array(
    z.object({
      name: z.string(),
      volumes: z.array(z.object({ name: z.string(), size: z.string(), content })),
    }),
  ),
  pools: z.array(
    z.object({
      name: z.string(),
      cipher: maybe,
      mountPoint: maybe,
      datasets: z.array(z.object({ ...mount.shape, type: z.string(), cipher: maybe, content })),
    }),
  ),
  unbacked: z.array(z.object({ fileSystem: z.string(), mountPoint: maybe })),
  /** Kinds of devices in it that are not read here. */
  strange: z.array(z.string()),
})
export type Layout = z.infer<typeof layoutSchema>
