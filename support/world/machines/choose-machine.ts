import { refuse } from '../../core/refusal.ts'

/** The machine that a sentence means: by its name, or the only one there is. @throws UsageError with the names */
export function chooseMachine(name: string | undefined, known: readonly string[]): string {
  if (name !== undefined && known.includes(name)) return name
  if (name !== undefined) throw refuse({ what: `Unknown machine "${name}"`, got: name, known })
  const [only, ...others] = known
  if (only !== undefined && others.length === 0) return only
  if (only === undefined)
    throw refuse({ what: 'No machine is in play', next: 'begin with: Given machine "NAME" is running' })
  throw refuse({
    what: `${known.length} machines are in play: which one?`,
    known,
    next: `end the sentence with: on "${only}"`,
  })
}
