/** The vocabulary as readable sentences, made from the step definitions: what is listed is what runs. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { ISupportCodeLibrary } from '@cucumber/cucumber/api'
import { declared } from '../world/effect.ts'
import { featuresBelow } from './loading/feature-paths.ts'

export interface Sentence {
  readonly domain: string
  readonly keyword: string
  /** `service "<unit>" is <state> [on "<machine>"] [within <duration> | now]`. */
  readonly sentence: string
  readonly effect: string
  readonly example: string
  /** As cucumber's expression, for editors and programs. */
  readonly pattern: string
  readonly file: string
  readonly line: number
}

interface Definition {
  readonly keyword: string
  readonly pattern: string | RegExp
  readonly uri: string
  readonly line: number
  readonly unwrappedCode: unknown
  readonly expression: { readonly source: string }
  matchesStepName(text: string): boolean
}

type Types = ReadonlyMap<string, readonly string[]>

const PACKAGE = join(import.meta.dirname, '../..')

export function catalogue(support: ISupportCodeLibrary, projectDir: string): Sentence[] {
  const { stepDefinitions, parameterTypeRegistry } = support as unknown as {
    stepDefinitions: readonly Definition[]
    parameterTypeRegistry: { parameterTypes: Iterable<{ name?: string; regexpStrings: readonly string[] }> }
  }
  const types: Types = new Map(
    [...parameterTypeRegistry.parameterTypes].map(({ name = '', regexpStrings }) => [name, regexpStrings]),
  )
  const written = [...examples(PACKAGE), ...examples(projectDir)]
  return stepDefinitions
    .map(definition => sentence(definition, { types, written, projectDir }))
    .sort((a, b) => compare(a.domain, b.domain))
}

interface CatalogueSources {
  readonly types: Types
  readonly written: readonly Example[]
  readonly projectDir: string
}

function sentence(definition: Definition, { types, written, projectDir }: CatalogueSources): Sentence {
  const { keyword, uri, line, unwrappedCode } = definition
  const file = join(projectDir, uri)
  const own = !relative(join(PACKAGE, 'steps'), file).startsWith('..')
  const { source } = definition.expression
  return {
    domain: own ? basename(file, '.ts') : `${uri} (this project)`,
    keyword,
    sentence: typeof definition.pattern === 'string' ? readable(source, types) : `/${source}/`,
    effect: effectOf(unwrappedCode, keyword),
    example: example(written.find(({ text }) => definition.matchesStepName(text))) ?? made(source, types),
    pattern: source,
    file: own ? relative(dirname(join(PACKAGE, 'steps')), file) : uri,
    line,
  }
}

/** A sentence of a feature, with its table or text. */
interface Example {
  readonly text: string
  readonly argument: readonly string[]
}

const example = (found: Example | undefined): string | undefined => found && [found.text, ...found.argument].join('\n')

/** Sentences of the features beside the code: an example that runs is the best one. */
const examples = (folder: string): Example[] =>
  existsSync(join(folder, 'features'))
    ? featuresBelow(join(folder, 'features'))
        .filter(file => !file.includes('/framework/'))
        .flatMap(file => sentencesOf(readFileSync(file, 'utf8')))
    : []

/** Cucumber's parser would do it too, and take longer than everything else here. */
function sentencesOf(feature: string): Example[] {
  const lines = feature.split('\n')
  return lines.flatMap((line, at) => {
    const text = /^\s*(?:Given|When|Then|And|But|\*) (.*)$/.exec(line)?.[1]?.trim()
    return text === undefined ? [] : [{ text, argument: argumentAfter(lines.slice(at + 1)) }]
  })
}

function argumentAfter(lines: readonly string[]): string[] {
  const isText = lines[0]?.trim().startsWith('"""')
  const end = isText
    ? lines.indexOf(lines[0]?.replace(/"""\w+/, '"""') ?? '', 1) + 1
    : lines.findIndex(line => !/^\s*\|/.test(line))
  const taken = lines.slice(0, end < 0 ? lines.length : end)
  const margin = Math.min(...taken.filter(line => line.trim() !== '').map(line => line.search(/\S/)))
  return taken.map(line => `  ${line.slice(margin)}`.trimEnd())
}

/** `user {string}` is read as `user "<user>"`. */
const NAMED = /\b(user|group|member|host|machine|node|flake|module|option|shell|home|owner) \{string\}/g
const HOLE = /\{([^{}]*)\}/g

const readable = (source: string, types: Types): string =>
  source
    .replaceAll(NAMED, '$1 "<$1>"')
    .replaceAll(HOLE, (_, name: string) => PLACES[name] ?? hole(name, types))
    .replaceAll(/\\(?=[(){}/])/g, '')

/** The parameter types whose pattern says more to a machine than to a person. */
const PLACES: Readonly<Record<string, string>> = {
  tail: ' [on "<machine>"] [within <duration> | now]',
  place: ' [on "<machine>"]',
  within: ' [within <duration>]',
  stream: ' [to standard error]',
  namespace: ' [in namespace "<namespace>"]',
  workload: '<deployment | daemon set | stateful set | job> "<name>"',
  object: '"<name>"',
  'any-object': '"<name>"',
  scope: ' [in namespace "<namespace>"]',
  pods: '<all | any | no | at least <number>> pods with label "<label>"',
  file: '[secret] file "<path>"',
  port: '<tcp | udp> port <number>',
  duration: '<duration>',
  string: '"<text>"',
  int: '<number>',
  float: '<number>',
  word: '<word>',
}

function hole(name: string, types: Types): string {
  const [pattern = ''] = types.get(name) ?? []
  const words = alternatives(pattern)
  if (words) return words.length === 1 ? (words[0] ?? '') : `<${words.join(' | ')}>`
  return pattern.startsWith('"') ? `"<${name}>"` : `<${name}>`
}

/** The words of `active|inactive|failed`; undefined for any other pattern. */
const alternatives = (pattern: string): string[] | undefined =>
  /^[A-Za-z -]+(?:\|[A-Za-z -]+)*$/.test(pattern) ? pattern.split('|') : undefined

const SAMPLES: Readonly<Record<string, string>> = {
  tail: '',
  place: '',
  within: '',
  stream: '',
  namespace: '',
  workload: 'deployment "web"',
  scope: '',
  pods: 'all pods with label "app=web"',
  label: '"app=web"',
  file: 'file "/etc/hostname"',
  port: 'tcp port 22',
  url: '"http://localhost/"',
  mode: '"0644"',
  duration: '10 seconds',
  string: '"…"',
  int: '3',
  float: '0.5',
  word: 'word',
  unit: '"sshd"',
}

const NAMES: Readonly<Record<string, string>> = {
  user: 'simon',
  member: 'simon',
  owner: 'simon',
  group: 'wheel',
  host: 't14',
  machine: 't14',
}

const made = (source: string, types: Types): string =>
  source
    .replaceAll(NAMED, (_, noun: string) => `${noun} "${NAMES[noun] ?? '…'}"`)
    .replaceAll(/(answers?) \{int\}/g, '$1 404')
    .replaceAll('(s)', 's')
    .replaceAll(HOLE, (_, name: string) => {
      const [pattern = ''] = types.get(name) ?? []
      return SAMPLES[name] ?? alternatives(pattern)?.[0] ?? (pattern.startsWith('"') ? '"…"' : '…')
    })

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** What its author declared; of a sentence with a command that is the command's matter. */
function effectOf(code: unknown, keyword: string): string {
  const said = declared(code)
  if (said?.byCommand) return 'by its command'
  return said?.effect ?? (keyword === 'Then' ? 'reads' : 'changes')
}
