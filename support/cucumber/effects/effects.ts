/** What a scenario will do, and to which machines, known before it runs. Pure: it reads what cucumber has assembled. */
import type { ISupportCodeLibrary } from '@cucumber/cucumber/api'
import type { GherkinDocument, Pickle, PickleStep, TestCase } from '@cucumber/messages'
import { whyNoLook } from '../../effect/command-effect.ts'
import { taggedMachine } from '../../record/machine-tag.ts'
import { declared, type Effect, effectOfCommand } from '../../world/effect.ts'
import type { Target } from '../../world/words/step-suffix.ts'
import { writtenSteps } from '../../world/words/written-steps.ts'

export interface StepEffect {
  /** `features/web.feature:12`. */
  readonly place: string
  /** With its keyword, as it stands in the feature; of an outline, with the row's words. */
  readonly sentence: string
  readonly effect: Effect
  /** It may concern each of these. */
  readonly machines: readonly string[]
  /** Of a command that is no look: which word makes it none. */
  readonly because?: string
  /** `features/steps/web.ts:3` when its author has said nothing of what it does. */
  readonly undeclared?: string
}

/** Of cucumber's step definitions, what is needed here. */
export interface Definition {
  readonly id: string
  readonly keyword: string
  readonly uri: string
  readonly line: number
  readonly pattern: string | RegExp
  readonly unwrappedCode: unknown
  readonly expression: { match(text: string): readonly Argument[] | null }
}

interface Argument {
  readonly parameterType: { readonly name?: string | undefined }
  getValue(thisArg: unknown): unknown
}

interface Assembled {
  readonly gherkinDocument: GherkinDocument
  readonly pickle: Pickle
  readonly testCase: TestCase
}

/** Cucumber hands its definitions over as an opaque thing; that they are these is tested. */
export const definitionsOf = (support: ISupportCodeLibrary): ReadonlyMap<string, Definition> =>
  new Map((support as unknown as { stepDefinitions: Definition[] }).stepDefinitions.map(each => [each.id, each]))

export interface Footprint {
  readonly steps: readonly StepEffect[]
  /** Those it names or brings into play. */
  readonly machines: readonly string[]
  /** It speaks of configurations, which are evaluated here. */
  readonly evaluates: boolean
}

/** @param known the machines that the run has from the start: a step that names none, where none is in play, may mean each of them */
export function footprint(
  { gherkinDocument, pickle, testCase }: Assembled,
  definitions: ReadonlyMap<string, Definition>,
  known: readonly string[],
): Footprint {
  const written = writtenSteps(gherkinDocument)
  const steps = testCase.testSteps.flatMap(({ pickleStepId, stepDefinitionIds = [] }) => {
    const step = pickle.steps.find(({ id }) => id === pickleStepId)
    return step
      ? stepDefinitionIds.flatMap(id => definitions.get(id) ?? []).map(by => ({ step, ...read(step, by) }))
      : []
  })
  const subject = taggedMachine(pickle)
  const inPlay = new Set(subject === undefined ? [] : [subject])
  const ever = new Set([...inPlay, ...steps.flatMap(({ brings }) => brings)])
  const effects = steps.map(({ step, effect, names, mentioned, brings, command, because, undeclared }) => {
    const meant = [...inPlay, ...mentioned.filter(name => known.includes(name) || ever.has(name))]
    const concerned = [names, meant, [...ever], known].find(some => some.length > 0) ?? []
    for (const name of brings) inPlay.add(name)
    const source = written.get(step.astNodeIds[0] ?? '')
    return {
      place: `${pickle.uri}:${source?.location.line ?? 0}`,
      sentence: `${source?.keyword ?? ''}${step.text}${command}`,
      effect,
      machines: [...new Set(concerned)],
      ...(because === undefined ? {} : { because }),
      ...(undeclared === undefined ? {} : { undeclared }),
    }
  })
  const named = steps.flatMap(({ names }) => names)
  return {
    steps: effects,
    machines: [...new Set([...ever, ...named])],
    evaluates: steps.some(({ evaluates }) => evaluates),
  }
}

interface Read {
  readonly effect: Effect
  /** It says itself which machines it is about. */
  readonly names: readonly string[]
  /** Words in quotes: some may be machines. */
  readonly mentioned: readonly string[]
  /** From here on these are in play. */
  readonly brings: readonly string[]
  /** The first line of one that stands below the sentence. */
  readonly command: string
  readonly evaluates: boolean
  readonly because?: string
  readonly undeclared?: string
}

/** Files of sentences that Nix answers alone. */
const EVALUATED = ['steps/cache.ts', 'steps/entry.ts', 'steps/flake.ts', 'steps/layout.ts']

function read(step: PickleStep, definition: Definition): Read {
  const { keyword, pattern, unwrappedCode, uri, line } = definition
  const said = declared(unwrappedCode)
  const silent = said === undefined && keyword !== 'Then'
  const { strings, place } = valuesOf(definition, step.text)
  const below = said?.byCommand ? step.argument?.docString?.content : undefined
  const script = strings[0] ?? below
  const effect = said?.effect ?? (silent ? 'changes' : 'reads')
  const named = namedMachines(String(pattern), strings, step)
  const because = said?.byCommand && script !== undefined ? whyNoLook(script)?.because : undefined
  return {
    effect: said?.byCommand ? effectOfCommand(script) : effect,
    names: place === undefined ? [...named, ...linkedMachines(String(pattern), strings)] : [place],
    mentioned: strings,
    brings: named,
    evaluates: EVALUATED.some(file => uri.endsWith(file)),
    command: below === undefined ? '' : ` ${below.split('\n', 1)[0]}`,
    ...(because === undefined ? {} : { because }),
    ...(silent ? { undeclared: `${uri}:${line}` } : {}),
  }
}

/** Both ends of a link; it concerns no other machine. */
const linkedMachines = (pattern: string, strings: readonly string[]): readonly string[] =>
  pattern.startsWith('the link between {string} and {string}') ? strings.slice(0, 2) : []

/** Sentences about machines as such name them first, or in a table; they bring them into play. */
export function namedMachines(pattern: string, [first = '']: readonly string[], { argument }: PickleStep): string[] {
  if (pattern.startsWith('machine {string}')) return [first]
  if (pattern.startsWith('machines {string}')) return first.split(',').map(name => name.trim())
  if (!pattern.startsWith('these machines ')) return []
  const [head, ...rows] = argument?.dataTable?.rows ?? []
  const at = head?.cells.findIndex(({ value }) => value === 'machine') ?? -1
  return rows.flatMap(({ cells }) => cells[at]?.value ?? [])
}

const PLACES = ['tail', 'place']

/** Words in quotes, and the machine in `on "web1"`. Parameter types of the project's own are not asked: they may do anything. */
function valuesOf({ expression }: Definition, text: string): { strings: string[]; place?: string } {
  const strings: string[] = []
  let place: string | undefined
  for (const argument of expression.match(text) ?? []) {
    const { name = '' } = argument.parameterType
    if (name === 'string') strings.push(String(argument.getValue(undefined)))
    if (PLACES.includes(name)) place ??= machineOf(argument)
  }
  return { strings, ...(place === undefined ? {} : { place }) }
}

/** What cannot be meant, as `within 3 parsecs`, is refused when its step runs. */
function machineOf(argument: Argument): string | undefined {
  try {
    return (argument.getValue(undefined) as Target).machine
  } catch {
    return undefined
  }
}
