import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'

/** A value as inspect.nix writes it down: scalars and lists as they are, everything else under a tag. */
export type OptionValue =
  | null
  | boolean
  | number
  | string
  | readonly OptionValue[]
  | { readonly set: Readonly<Record<string, OptionValue>> }
  | { readonly package: { readonly name: Text; readonly pname: Text; readonly path: Text } }
  | { readonly path: string }
  | { readonly function: true }
  | { readonly deeper: true }
  | { readonly failed: true }

type Text = string | { readonly failed: true }

const failed = z.object({ failed: z.literal(true) })
const text = z.union([z.string(), failed])
export const optionValueSchema: z.ZodType<OptionValue> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.number(),
    z.string(),
    z.array(optionValueSchema),
    z.strictObject({ set: z.record(z.string(), optionValueSchema) }),
    z.strictObject({ package: z.object({ name: text, pname: text, path: text }) }),
    z.strictObject({ path: z.string() }),
    z.strictObject({ function: z.literal(true) }),
    z.strictObject({ deeper: z.literal(true) }),
    failed,
  ]),
)

/**
 * Whether a value is what a feature says: bare text, or JSON. A string that holds the text is equal to it, and so is
 * the value that the text is as JSON. A package answers to its name, its name without version, and its store path.
 */
export function isOptionValue(value: OptionValue, wanted: string): boolean {
  if (names(value).includes(wanted)) return true
  const parsed = parseJson(wanted)
  return parsed !== undefined && matches(value, parsed.json)
}

function matches(value: OptionValue, json: unknown): boolean {
  if (Array.isArray(value))
    return Array.isArray(json) && json.length === value.length && value.every((part, i) => matches(part, json[i]))
  if (value === null || typeof value !== 'object') return isDeepStrictEqual(value, json)
  if ('set' in value) return isRecord(json) && sameKeys(value.set, json) && eachMatches(value.set, json)
  return typeof json === 'string' && names(value).includes(json)
}

const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

const sameKeys = (a: object, b: object): boolean =>
  isDeepStrictEqual(Object.keys(a).toSorted(), Object.keys(b).toSorted())

const eachMatches = (set: Readonly<Record<string, OptionValue>>, json: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(set).every(([key, part]) => matches(part, json[key]))

/** The bare texts a value answers to. */
function names(value: OptionValue): Text[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  if ('path' in value) return [value.path]
  return 'package' in value ? [value.package.name, value.package.pname, value.package.path] : []
}

const LONGEST_SHOWN = 300

/** The value as a feature would write it. */
export function showOptionValue(value: OptionValue): string {
  const shown = typeof value === 'string' ? value : JSON.stringify(plain(value))
  return shown.length <= LONGEST_SHOWN ? shown : `${shown.slice(0, LONGEST_SHOWN)}… (${shown.length} characters)`
}

function plain(value: OptionValue): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(plain)
  if ('set' in value) return Object.fromEntries(Object.entries(value.set).map(([key, part]) => [key, plain(part)]))
  if ('package' in value) return value.package.name
  if ('path' in value) return value.path
  return 'function' in value ? 'a function' : 'failed' in value ? 'an error' : '…'
}

function parseJson(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return undefined
  }
}
