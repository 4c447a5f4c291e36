/** What zod says of settings, in our words: where, what was expected there, and the nearest right key. */
import type { z } from 'zod'
import type { UsageError } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { MACHINE_KEYS } from './machine-entry.ts'

type Issue = z.core.$ZodIssue

/** @param known the keys at the top; @param example what the whole should look like */
export function refuseWrong(
  file: string,
  issue: Issue | undefined,
  known: readonly string[],
  example: string,
): UsageError {
  const inner = issue && innermost(issue)
  const path = inner?.path.join('.') ?? ''
  if (inner?.issue.code === 'unrecognized_keys') {
    const key = inner.issue.keys[0] ?? ''
    const where = path === '' ? file : `"${path}" of ${file}`
    return refuse({ what: `Unknown key "${key}" in ${where}`, got: key, known: path === '' ? known : MACHINE_KEYS })
  }
  return refuse({
    what: path === '' ? `${file} holds no settings` : `Wrong value of "${path}" in ${file}`,
    expected: path === '' ? example : (inner?.issue.message ?? ''),
  })
}

/** Of a union, what is wrong with the alternative that came farthest: an object with a wrong key is no wrong string. */
function innermost(issue: Issue, before: readonly PropertyKey[] = []): { issue: Issue; path: readonly PropertyKey[] } {
  const path = [...before, ...issue.path]
  if (issue.code !== 'invalid_union') return { issue, path }
  const inner = issue.errors.map(([first]) => first).filter(each => each !== undefined)
  const best = inner.find(each => each.path.length > 0 || each.code === 'unrecognized_keys') ?? inner[0]
  return best ? innermost(best, path) : { issue, path }
}
