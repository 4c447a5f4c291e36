/** Whether a layout is as a table says, or wipes the disks that it names. Pure. */
import { EnvironmentBroken, ExpectationNotMet, type NixcumberError } from '../../core/errors.ts'
import { plural, rows } from '../../core/text/text.ts'
import { sameWord } from './cells.ts'
import type { Layout } from './layout.ts'
import { type Column, type LayoutRow, layoutTable } from './layout-rows.ts'

/** What a feature says of a layout: only its columns are compared. */
export interface WantedLayout {
  readonly columns: readonly Column[]
  readonly rows: readonly Readonly<Partial<LayoutRow>>[]
}

export interface WantedDisk {
  readonly disk: string
  readonly device: string
}

/** The error that tells every row which is missing, and every one too many; undefined when all are there and no other. */
export function judgeLayout(host: string, wanted: WantedLayout, layout: Layout | null): NixcumberError | undefined {
  if (layout === null || layout.disks.length === 0) return noLayout(host, layout)
  const table = layoutTable(layout)
  if (table.unread.length > 0)
    return new EnvironmentBroken(
      `The layout of host "${host}" has parts that nixcumber cannot read: ${table.unread.join(', ')}`,
    )
  const { columns } = wanted
  const there = new Map(table.rows.map(row => [keyOf(columns, row), row]))
  const asked = new Map(wanted.rows.map(row => [keyOf(columns, row), row]))
  const missing = [...asked].filter(([key]) => !there.has(key)).map(([, row]) => row)
  const surplus = [...there].filter(([key]) => !asked.has(key)).map(([, row]) => row)
  if (missing.length + surplus.length === 0) return undefined
  return new ExpectationNotMet(
    `The layout of host "${host}" is not that of the table\n${rows({
      Columns: columns.join(' | '),
      Missing: shown(columns, missing),
      Surplus: shown(columns, surplus),
    })}`.trimEnd(),
  )
}

/** The error that tells which disks are wiped and should not be, and the other way about. */
export function judgeWipedDisks(
  host: string,
  wanted: readonly WantedDisk[],
  layout: Layout | null,
): NixcumberError | undefined {
  if (layout === null || layout.disks.length === 0) return noLayout(host, layout)
  const text = ({ disk, device }: WantedDisk): string => `${disk} (${device})`
  const wiped = layout.disks.filter(disk => disk.wiped).map(({ name, device }) => text({ disk: name, device }))
  const kept = layout.disks.filter(disk => !disk.wiped).map(({ name, device }) => text({ disk: name, device }))
  const named = wanted.map(text)
  const missing = named.filter(disk => !wiped.includes(disk))
  const surplus = wiped.filter(disk => !named.includes(disk))
  if (missing.length + surplus.length === 0) return undefined
  return new ExpectationNotMet(
    `The layout of host "${host}" does not wipe these disks and no other\n${rows({
      Expected: named.join(', '),
      Observed: wiped.join(', ') || 'it wipes no disk',
      'Not named': surplus.join(', '),
      'Not wiped': missing.join(', '),
      Kept: kept.length > 0 ? `${kept.join(', ')}: destroy = false` : undefined,
    })}`.trimEnd(),
  )
}

const keyOf = (columns: readonly Column[], row: Readonly<Partial<LayoutRow>>): string =>
  JSON.stringify(columns.map(column => sameWord(column, row[column] ?? '')))

const shown = (columns: readonly Column[], some: readonly Readonly<Partial<LayoutRow>>[]): string =>
  some.map(row => columns.map(column => row[column] ?? '').join(' | ')).join('\n')

function noLayout(host: string, layout: Layout | null): NixcumberError {
  const observed =
    layout === null ? "no option disko.devices: disko's module is not imported" : 'disko.devices.disk is empty'
  return new ExpectationNotMet(
    `Host "${host}" has no layout of disks\n${rows({
      Expected: `${plural(1, 'disk')} or more in disko.devices.disk`,
      Observed: observed,
      Next: 'import disko.nixosModules.disko and the module with disko.devices (https://github.com/nix-community/disko)',
    })}`.trimEnd(),
  )
}
