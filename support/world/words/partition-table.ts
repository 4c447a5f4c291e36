/** The table of "these partitions exist", read before anything is asked. */
import type { WantedPartition } from '../../claim/storage/partition.ts'
import { refuse } from '../../core/refusal.ts'
import { partitionType } from '../../core/values/partition-type.ts'
import { readSizeBound } from '../../core/values/size-bound.ts'
import { type Row, readTable } from './table.ts'

const COLUMNS = ['disk', 'partition', 'type', 'size', 'file system', 'label'] as const
type PartitionRow = Row<(typeof COLUMNS)[number]>

/** @throws UsageError for a wrong table, a row without a cell, and a type or size that is none */
export function readPartitions(
  cells: readonly (readonly string[])[],
): readonly { readonly name: string; readonly wanted: WantedPartition }[] {
  return readTable(cells, { of: 'partitions', columns: COLUMNS, keys: 'rows' }).map(row => ({
    name: nameOf(row),
    wanted: {
      ...(row.disk === undefined ? {} : { disk: row.disk.startsWith('/') ? row.disk : `/dev/${row.disk}` }),
      ...(row.partition === undefined ? {} : { partition: row.partition }),
      ...(row.type === undefined ? {} : { type: readType(row.type) }),
      ...(row.size === undefined ? {} : { size: readSize(row.size) }),
      ...(row['file system'] === undefined ? {} : { fileSystem: row['file system'] }),
      ...(row.label === undefined ? {} : { label: row.label }),
    },
  }))
}

function nameOf(row: PartitionRow): string {
  const name = Object.values(row).join(' ')
  if (name === '')
    throw refuse({ what: 'A row in the table of partitions is empty', expected: 'what the partition is like' })
  return name
}

function readType(word: string): string {
  const type = partitionType(word)
  if (type === undefined)
    throw refuse({
      what: `"${word}" is no type of a partition that is known here`,
      expected: "sgdisk's code (EF00, EF02, 8200, 8300, 8304, 8309, 8E00, FD00), the GUID, or 0x83 in a legacy table",
    })
  return type
}

function readSize(text: string): NonNullable<WantedPartition['size']> {
  const bound = readSizeBound(text)
  if (bound === undefined)
    throw refuse({
      what: `"${text}" is no size of a partition`,
      expected: '512M, about 500G, at least 240G, or at most 1G',
    })
  return { text, bound }
}
