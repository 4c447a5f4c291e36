/** What kubectl is given to apply or to delete: resources as YAML. Pure. */
import { refuse } from '../../core/refusal.ts'
import { plural } from '../../core/text/text.ts'
import { readYaml } from '../../core/values/yaml.ts'

export interface Manifest {
  readonly text: string
  /** `deployment web, service web`. */
  readonly of: string
  /** The values of its secrets, as they stand there and as they are meant: none of them may be shown. */
  readonly secrets: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>

/** @throws UsageError for what is no YAML, is empty, or holds something without a kind, a version and a name */
export function readManifest(text: string): Manifest {
  const objects = readYaml(text, 'The manifest').flatMap(itemsOf)
  if (objects.length === 0)
    throw refuse({ what: 'The manifest is empty', expected: 'resources as YAML, as kubectl apply takes them' })
  const names = objects.map(nameOf)
  return { text, of: shortened(names), secrets: objects.flatMap(secretsIn) }
}

/** Secrets in a feature would be in its report, too. @throws UsageError */
export function withoutSecrets(manifest: Manifest): Manifest {
  if (manifest.secrets.length === 0) return manifest
  throw refuse({
    what: 'The manifest holds the values of a secret: a feature and its reports are no place for them',
    expected: 'a manifest without them',
    next: 'keep it in a file: When the manifest "FILE" is applied',
  })
}

/** The elements of a list (core/v1, List) stand for themselves. */
function itemsOf(value: unknown): Fields[] {
  if (!isFields(value)) throw noResource('a document that is no resource')
  return value.kind === 'List' && Array.isArray(value.items) ? value.items.flatMap(itemsOf) : [value]
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function nameOf({ apiVersion, kind, metadata }: Fields): string {
  const name = isFields(metadata) ? (metadata.name ?? metadata.generateName) : undefined
  const [first] = [apiVersion, kind, name].flatMap((each, at) =>
    typeof each === 'string' && each !== '' ? [] : [['apiVersion', 'kind', 'metadata.name'][at]],
  )
  if (first !== undefined) throw noResource(`a document without ${first}`)
  return `${String(kind).toLowerCase()} ${String(name)}`
}

const noResource = (what: string) =>
  refuse({ what: `The manifest holds ${what}`, expected: 'apiVersion, kind and metadata.name in each document' })

const SHOWN = 3

const shortened = (names: readonly string[]): string =>
  [...names.slice(0, SHOWN), ...(names.length > SHOWN ? [`${plural(names.length - SHOWN, 'other')}`] : [])].join(', ')

/** core/v1, Secret: `data` in base64, `stringData` as it is. */
function secretsIn({ kind, data, stringData }: Fields): string[] {
  if (kind !== 'Secret') return []
  const encoded = valuesOf(data)
  const plain = [...valuesOf(stringData), ...encoded.map(value => Buffer.from(value, 'base64').toString())]
  return [...encoded, ...plain, ...plain.map(value => Buffer.from(value).toString('base64'))].filter(Boolean)
}

const valuesOf = (fields: unknown): string[] => (isFields(fields) ? Object.values(fields).map(String) : [])
