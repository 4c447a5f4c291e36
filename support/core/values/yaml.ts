/** YAML as kubectl reads it, by version 1.1 (sigs.k8s.io/yaml): `0644` is 420, `yes` is true. Times stay texts. */
import { type Document, parseAllDocuments } from 'yaml'
import { refuse } from '../refusal.ts'

/** What JSON has no form for; numbers to the base of 60 kubectl does not know: `1:30` is a text. */
const LEFT_OUT = /^tag:yaml\.org,2002:(?:timestamp|binary|omap|pairs|set)$/

const isKnown = (tag: unknown): boolean =>
  !(typeof tag === 'object' && tag !== null) ||
  !(('format' in tag && tag.format === 'TIME') || ('tag' in tag && LEFT_OUT.test(String(tag.tag))))

/**
 * What each document holds; those that are empty, as between two lines of dashes, are left out. Nothing of the text but names is told: it may hold secrets.
 * @param what names the text for refusals: `The manifest`
 * @throws UsageError with the place of what is no YAML, for a field that stands twice, and for numbers that JavaScript would round
 */
export function readYaml(text: string, what: string): unknown[] {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    customTags: tags => tags.filter(isKnown),
    intAsBigInt: true,
  })
  return [...documents].map(each => contentOf(each, what)).filter(value => value !== null)
}

function contentOf(document: Document.Parsed, what: string): unknown {
  const [fault] = [...document.errors, ...document.warnings]
  if (fault) throw noYaml(what, fault)
  try {
    return toNumbers(document.toJS({ maxAliasCount: 50 }), what)
  } catch (error) {
    if (error instanceof ReferenceError) throw noYaml(what, error)
    throw error
  }
}

/** Below the first line of such a message stands the line that it speaks of. */
const noYaml = (what: string, { message }: Error) =>
  refuse({ what: `${what} is no YAML: ${(message.split('\n')[0] ?? '').replace(/:$/, '')}` })

function toNumbers(value: unknown, what: string): unknown {
  if (Array.isArray(value)) return value.map(each => toNumbers(each, what))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toNumbers(each, what)]))
  if (typeof value !== 'bigint') return value
  if (Number.isSafeInteger(Number(value))) return Number(value)
  throw refuse({ what: `${what} has a number that is too large`, expected: 'a text in quotes' })
}
