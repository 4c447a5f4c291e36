/** The ids in messages: `id` names a thing, `…Id` and `…Ids` point to one. */

/** Maps the ids of a thing to those of the known one, which has the same structure. */
export function zipIds(thing: unknown, known: unknown, ids: Map<string, string>): void {
  const to = idsIn(known)
  for (const [at, id] of idsIn(thing).entries()) ids.set(id, to[at] ?? id)
}

function idsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'id' && typeof inner === 'string' ? [inner] : idsIn(inner),
  )
}

/** The same message with other ids. Text that happens to look like an id stays. */
export function renamed<Value>(value: Value, ids: ReadonlyMap<string, string>): Value {
  const visit = (inner: unknown, key: string): unknown => {
    if (typeof inner === 'string') return /^id$|Ids?$/.test(key) ? (ids.get(inner) ?? inner) : inner
    if (Array.isArray(inner)) return inner.map(each => visit(each, key))
    if (typeof inner !== 'object' || inner === null) return inner
    return Object.fromEntries(Object.entries(inner).map(([name, each]) => [name, visit(each, name)]))
  }
  return visit(value, '') as Value
}
