/** One text for one verdict: keys in order, two blanks, one newline at the end. Any other text is none, with keys given twice for instance. */
import { refuse } from '../core/refusal.ts'
import { oneLine } from './one-line.ts'
import { FORMAT, type VerdictDocument, verdictSchema } from './verdict.ts'

export const canonical = (document: unknown): string => `${JSON.stringify(inOrder(document), undefined, 2)}\n`

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, inner]) => [key, inOrder(inner)]))
}

/** @throws UsageError for what is not the whole text of a verdict */
export function parseVerdict(content: string, name: string): VerdictDocument {
  const parsed = verdictSchema.safeParse(json(content, name))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.join('.') || 'the document'
    throw malformed(name, `${where}: ${issue?.message ?? 'not of that form'}`)
  }
  if (canonical(parsed.data) !== content) throw malformed(name, 'the same words, not written as nixcumber writes them')
  return parsed.data
}

function json(content: string, name: string): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    throw malformed(name, `no JSON, or a half of it: ${(error as Error).message}`)
  }
}

export const malformed = (name: string, got: string): Error =>
  refuse({
    what: `${name} is no verdict`,
    expected: `a document of the format ${FORMAT}, as \`nixcumber gate\` writes it`,
    // What stands in a file that is not trusted must not speak to the terminal.
    got: oneLine(got),
  })
