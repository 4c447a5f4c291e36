import { refuse } from '../../../core/refusal.ts'
import { readYaml } from '../../../core/values/yaml.ts'
import { isFields } from './partial-match.ts'

export type Part = Readonly<Record<string, unknown>>

/** What a resource must be like, as YAML: a part of it. @throws UsageError for what is no YAML, and for a part that every resource has */
export function readPart(text: string): Part {
  const [part, ...more] = readYaml(text, 'The text below the sentence')
  if (!isFields(part) || more.length > 0)
    throw refuse({
      what: 'The text below the sentence is no part of a resource',
      expected: 'fields, as YAML: spec: {replicas: 2}',
    })
  if (Object.keys(part).length === 0) throw emptyAt('the text', 'fields')
  refuseEmpty(part, [])
  return part
}

/** Fields without any are there or not, as in `emptyDir: {}`; nothing else says something when it is empty. */
function refuseEmpty(value: unknown, path: readonly string[]): void {
  if (value === null) throw emptyAt(path.join('.'), 'a value')
  if (Array.isArray(value) && value.length === 0) throw emptyAt(path.join('.'), 'an element')
  if (typeof value === 'object') for (const [key, each] of Object.entries(value)) refuseEmpty(each, [...path, key])
}

const emptyAt = (where: string, lacks: string) =>
  refuse({
    what: `${where} is without ${lacks}: every resource would match`,
    expected: lacks,
    next: 'that something is not there says the sentence "does not match"',
  })
