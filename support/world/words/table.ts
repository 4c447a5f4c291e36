import { refuse } from '../../core/refusal.ts'

type Cells = readonly (readonly string[])[]

/** What a table may hold: its columns by name. The first one names the row and may not repeat. */
export interface TableShape<Column extends string> {
  /** What the rows are: `users`. */
  readonly of: string
  readonly columns: readonly [Column, ...Column[]]
  /** `rows`: all cells together name a row; the first one may repeat and be empty. */
  readonly keys?: 'rows'
}

export type Row<Column extends string> = Readonly<Partial<Record<Column, string>>>

/**
 * Reads a table with a header row; a single column may do without, unless rows are keys. Empty cells are left out of the row.
 * @throws UsageError for an empty table, an unknown or doubled column, a duplicate row
 */
export function readTable<Column extends string>(
  cells: Cells,
  shape: TableShape<Column>,
): [Row<Column>, ...Row<Column>[]] {
  const { header, body } = split(cells, shape)
  const [first, ...rest] = body.map(row => toRow(header, row))
  if (first === undefined)
    throw refuse({
      what: `The table of ${shape.of} has no row`,
      expected: 'at least one: an empty table checks nothing',
    })
  if (shape.keys === 'rows') refuseEqualRows(body, shape)
  else refuseDuplicates(body, shape)
  return [first, ...rest]
}

function split<Column extends string>(cells: Cells, shape: TableShape<Column>) {
  const [head = []] = cells
  const isHeader = head.some(cell => shape.columns.some(column => column === cell))
  if (head.length <= 1 && !isHeader && shape.keys !== 'rows') return { header: [shape.columns[0]], body: cells }
  return { header: head.map(name => knownColumn(name, head, shape)), body: cells.slice(1) }
}

function knownColumn<Column extends string>(name: string, head: readonly string[], shape: TableShape<Column>): Column {
  const column = shape.columns.find(known => known === name)
  if (column === undefined)
    throw refuse({ what: `Unknown column "${name}" in the table of ${shape.of}`, got: name, known: shape.columns })
  if (head.filter(other => other === name).length > 1)
    throw refuse({ what: `Column "${name}" stands twice in the table of ${shape.of}` })
  return column
}

const toRow = <Column extends string>(header: readonly Column[], row: readonly string[]): Row<Column> =>
  Object.fromEntries(header.map((column, i) => [column, row[i]]).filter(([, cell]) => cell !== '')) as Row<Column>

function refuseDuplicates(body: Cells, { of }: TableShape<string>): void {
  const names = body.map(([name = '']) => name)
  if (names.includes(''))
    throw refuse({ what: `A row in the table of ${of} has no name`, expected: 'the first cell of each row filled' })
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw refuse({ what: `"${twice}" stands twice in the table of ${of}` })
}

function refuseEqualRows(body: Cells, { of }: TableShape<string>): void {
  const texts = body.map(row => row.join(' | '))
  const twice = texts.find((text, i) => texts.indexOf(text) !== i)
  if (twice !== undefined) throw refuse({ what: `"${twice}" stands twice in the table of ${of}` })
}
