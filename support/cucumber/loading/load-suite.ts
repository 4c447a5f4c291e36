/** Cucumber, embedded: our steps first, then the project's; its own configuration files and its own words never come in. */
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import {
  type IRunConfiguration,
  type ISupportCodeLibrary,
  loadConfiguration,
  loadSupport,
  runCucumber,
} from '@cucumber/cucumber/api'
import type { Envelope } from '@cucumber/messages'
import { NixcumberError, UsageError } from '../../core/errors.ts'
import { loadable } from '../../core/own-code.ts'
import { refuse } from '../../core/refusal.ts'
import { rows } from '../../core/text/text.ts'
import { changes, effectOf } from '../../world/effect.ts'
import type { NixWorld } from '../../world/world.ts'
import type { Selection } from '../selection/filter-plugin.ts'

const PACKAGE = join(import.meta.dirname, '../../..')

export interface Suite {
  readonly projectDir: string
  /** Absolute paths. */
  readonly features: readonly string[]
  /** Absolute paths of the project's own step files. */
  readonly steps: readonly string[]
  readonly selection: Selection
  readonly tags?: string
  readonly names: readonly string[]
  readonly dryRun: boolean
  readonly failFast: boolean
  readonly retry: number
  readonly pauseOnFailure?: boolean
}

export interface LoadedSuite {
  readonly support: ISupportCodeLibrary
  readonly configuration: IRunConfiguration
}

/** @throws UsageError when a step file cannot be loaded, or takes our world away */
export async function loadSuite(suite: Suite): Promise<LoadedSuite> {
  const { runConfiguration } = await loadConfiguration(
    {
      file: false,
      provided: {
        paths: suite.features.map(escapeGlob),
        import: [...ownSteps().map(loadable), ...projectSteps(suite), ...lastHooks(suite).map(loadable)].map(
          escapeGlob,
        ),
        plugin: [pathToFileURL(loadable(join(import.meta.dirname, '../selection/filter-plugin.ts'))).href],
        pluginOptions: { nixcumber: { lines: suite.selection.lines as Record<string, number[]> } },
        tags: suite.tags ?? '',
        name: [...suite.names],
        dryRun: suite.dryRun,
        failFast: suite.failFast,
        retry: suite.retry,
        // In quotes, as it holds colons.
        format: [`"${pathToFileURL(loadable(join(import.meta.dirname, 'no-formatter.ts'))).href}"`],
      },
    },
    { cwd: suite.projectDir },
  )
  try {
    const support = await loadSupport(runConfiguration, { cwd: suite.projectDir })
    return { support: patchLibrary(support, suite), configuration: runConfiguration }
  } catch (error) {
    throw unloadable(error, suite)
  }
}

export async function dryRunSuite(
  { support, configuration }: LoadedSuite,
  projectDir: string,
  onMessage: (envelope: Envelope) => void,
): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const { fanOut } = (configuration.plugins?.options?.nixcumber ?? {}) as Partial<Selection>
  // Told where it was read, for each machine once; the plugin chooses among the same copies.
  const told = (envelope: Envelope): void => {
    const copies = envelope.pickle && fanOut?.copies(envelope.pickle).map(pickle => ({ pickle }))
    for (const each of copies ?? [envelope]) onMessage(each)
  }
  try {
    await runCucumber({ ...configuration, support }, { cwd: projectDir, stdout: nowhere, stderr: nowhere }, told)
  } catch (error) {
    // Cucumber wraps what our plugin has thrown.
    if (error instanceof Error && error.cause instanceof NixcumberError) throw error.cause
    throw badTags(error)
  }
}

/** The same suite with a narrower choice. Handed over as it is: cucumber copies no options of plugins once they are loaded. */
export function withSelection({ support, configuration }: LoadedSuite, choice: Omit<Selection, 'lines'>): LoadedSuite {
  const { specifiers = [], options = {} } = configuration.plugins ?? {}
  const nixcumber = Object.assign({}, options.nixcumber, choice)
  return { support, configuration: { ...configuration, plugins: { specifiers, options: { ...options, nixcumber } } } }
}

/** Ours, in the order in which cucumber must see them. */
const ownSteps = (): string[] => [
  join(PACKAGE, 'support/world/hooks.ts'),
  ...readdirSync(join(PACKAGE, 'steps'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map(name => join(PACKAGE, 'steps', name)),
]

const projectSteps = ({ steps }: Suite): string[] =>
  steps.length === 0 ? [] : [loadable(join(import.meta.dirname, 'typescript-from-here.ts')), ...steps]

const lastHooks = ({ pauseOnFailure }: Suite): string[] =>
  pauseOnFailure ? [join(PACKAGE, 'support/world/pause/pause-hook.ts')] : []

export const isOwn = (uri: string, projectDir: string): boolean => {
  const inside = relative(PACKAGE, join(projectDir, uri))
  return inside.startsWith('steps/') || inside.startsWith('support/')
}

/** Hooks of the project may bring machines and flakes into play before a scenario's first step. */
export function hasForeignHooks(support: LoadedSuite, projectDir: string): boolean {
  const { beforeTestCaseHookDefinitions, beforeTestStepHookDefinitions } = support.support as unknown as Record<
    'beforeTestCaseHookDefinitions' | 'beforeTestStepHookDefinitions',
    readonly { readonly uri: string }[]
  >
  return [...beforeTestCaseHookDefinitions, ...beforeTestStepHookDefinitions].some(({ uri }) => !isOwn(uri, projectDir))
}

/** Calls of cucumber's setters in the project's steps would silently replace ours: the last one wins. */
function patchLibrary(support: ISupportCodeLibrary, { projectDir }: Suite): ISupportCodeLibrary {
  refuseUnknownTypes(support)
  const library = support as unknown as {
    World: { prototype: object }
    stepDefinitions: OwnDefinition[]
  }
  if (!('observe' in library.World.prototype))
    throw new UsageError(
      `The project's steps replace the world\n${rows({
        Expected: "class MyWorld extends NixWorld, imported from 'nixcumber'",
        Got: 'setWorldConstructor with another class',
      })}`.trimEnd(),
    )
  for (const definition of library.stepDefinitions) {
    if (isOwn(definition.uri, projectDir)) definition.options.timeout ??= -1
    declareEffect(definition)
  }
  return support
}

/** Cucumber leaves such a sentence out in silence. @throws UsageError with the nearest type */
function refuseUnknownTypes(support: ISupportCodeLibrary): void {
  const { undefinedParameterTypes, parameterTypeRegistry } = support as unknown as {
    undefinedParameterTypes: readonly { readonly name: string; readonly expression: string }[]
    parameterTypeRegistry: { parameterTypes: Iterable<{ name?: string }> }
  }
  const [unknown] = undefinedParameterTypes
  if (!unknown) return
  throw refuse({
    what: `A sentence of the project has an unknown parameter type: {${unknown.name}}`,
    expected: 'a type of cucumber, of nixcumber, or one defined by defineParameterType',
    got: unknown.name,
    known: [...parameterTypeRegistry.parameterTypes].flatMap(({ name }) => name || []),
    next: `look at: ${undefinedParameterTypes.map(({ expression }) => expression).join('\n')}`,
  })
}

interface OwnDefinition {
  readonly uri: string
  readonly keyword: string
  readonly options: { timeout?: number }
  readonly unwrappedCode: unknown
  code: (this: NixWorld, ...args: unknown[]) => unknown
}

/** Who does not say what a Given or When does is taken to change the machine: a forgotten word must not give the next scenario a used one. */
function declareEffect(definition: OwnDefinition): void {
  if (definition.keyword === 'Then' || effectOf(definition.unwrappedCode) !== undefined) return
  definition.code = changes(definition.code)
}

function unloadable(error: unknown, { projectDir, steps }: Suite): unknown {
  if (error instanceof NixcumberError || !(error instanceof Error)) return error
  const text = `${error.message}\n${error.stack ?? ''}`
  const file = steps.find(step => text.includes(step))
  // Nothing of the project's is in it: our own mistake keeps its stack.
  if (!file) return error
  const line = /^:(\d+)/.exec(text.slice(text.indexOf(`${file}:`) + file.length))?.[1]
  return refuse({
    what: `The step file ${relative(projectDir, file)} cannot be loaded`,
    got: error.message.split('\n').slice(0, 4).join('\n'),
    ...(line === undefined ? {} : { next: `look at line ${line}` }),
  })
}

function badTags(error: unknown): unknown {
  const { message = '' } = error instanceof Error && error.cause instanceof Error ? error.cause : {}
  const [, got, why] = /^Tag expression "(.*)" could not be parsed because of syntax error: (.*)/s.exec(message) ?? []
  if (got === undefined) return error
  return refuse({ what: `--tags is no tag expression: ${why}`, got, expected: 'like "@web and not (@slow or @vm)"' })
}

/** Cucumber takes paths for patterns. */
const escapeGlob = (path: string): string => path.replaceAll(/[[\]*?()!+@]/g, '[$&]')
