/** Whether a resource is like a part of one: what the part does not speak of may be as it likes. Pure. */
import { nearest } from '../../../core/text/nearest.ts'
import { readQuantity } from '../../../core/values/quantity.ts'

/** One place where they differ. */
export interface Difference {
  /** `spec.template.spec.containers[0].image`. */
  readonly path: string
  readonly wanted: string
  readonly seen: string
}

type Fields = Readonly<Record<string, unknown>>

/** All of them; none when everything that is wanted is there. Fields are matched by name, elements of a list in any order, each by another one. */
export function differences(wanted: unknown, seen: unknown, path: readonly string[] = []): Difference[] {
  if (Array.isArray(wanted)) return inList(wanted, seen, path)
  if (isFields(wanted)) return inFields(wanted, seen, path)
  return isSame(wanted, seen, path) ? [] : [differing(path, wanted, shown(seen))]
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function inFields(wanted: Fields, seen: unknown, path: readonly string[]): Difference[] {
  if (!isFields(seen)) return [differing(path, wanted, shown(seen))]
  return Object.entries(wanted).flatMap(([key, value]) => {
    const below = [...path, path.length === 0 ? key : named(key)]
    if (Object.hasOwn(seen, key)) return differences(value, seen[key], below)
    const near = nearest(key, Object.keys(seen))
    return [differing(below, value, near === undefined ? 'not there' : `not there, did you mean ${near}?`)]
  })
}

/** Names with a dot of their own are told apart from fields below fields: `labels["app.kubernetes.io/name"]`. */
const named = (key: string): string => (/^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`)

function inList(wanted: readonly unknown[], seen: unknown, path: readonly string[]): Difference[] {
  if (!Array.isArray(seen)) return [differing(path, wanted, shown(seen))]
  const rows = wanted.map(each => seen.map((one, at) => differences(each, one, [...path, `[${at}]`])))
  const missing = unmatched(rows.map(row => row.map(({ length }) => length === 0)))
  return missing.flatMap(at => nearestOf(rows[at] ?? []) ?? [differing([...path, '[]'], wanted[at], noElement(seen))])
}

const noElement = ({ length }: readonly unknown[]): string =>
  length === 0 ? 'an empty list' : `no other element like that among ${length}`

/** What the element lacks that is most like it; none where one is like it and stands for another already. */
function nearestOf(row: readonly Difference[][]): Difference[] | undefined {
  if (row.length === 0 || row.some(({ length }) => length === 0)) return undefined
  return row.reduce((best, each) => (each.length < best.length ? each : best))
}

/** The rows for which no column is left when each row gets one of its own, as many as can be (augmenting paths). */
function unmatched(fits: readonly (readonly boolean[])[]): number[] {
  const owner = new Map<number, number>()
  const place = (row: number, tried: Set<number>): boolean =>
    (fits[row] ?? []).some((fit, column) => {
      if (!fit || tried.has(column)) return false
      tried.add(column)
      const before = owner.get(column)
      if (before !== undefined && !place(before, tried)) return false
      owner.set(column, row)
      return true
    })
  return fits.map((_, row) => row).filter(row => !place(row, new Set()))
}

/** Below these the server writes amounts in a form of its own: `1000m` as `1` (k8s.io/api, ResourceList). */
const AMOUNTS = new Set(
  ['limits', 'requests', 'capacity', 'allocatable', 'hard', 'used', 'overhead', 'min', 'max'].map(key => `.${key}`),
)

function isSame(wanted: unknown, seen: unknown, path: readonly string[]): boolean {
  if (wanted === seen) return true
  if (typeof seen !== 'string' || !AMOUNTS.has(path.at(-2) ?? '')) return false
  const amount = readQuantity(String(wanted))
  return amount !== undefined && amount === readQuantity(seen)
}

const differing = (path: readonly string[], wanted: unknown, seen: string): Difference => ({
  path: path.join(''),
  wanted: shown(wanted),
  seen,
})

const LONGEST = 200

/** As JSON: a text and a number of the same digits are told apart. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
