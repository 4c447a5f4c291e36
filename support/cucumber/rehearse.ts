/** Every sentence of the chosen scenarios is read before anything is built: its words by their types, and those of ours by the step itself. */
import { DataTable } from '@cucumber/cucumber'
import type { PickleStep } from '@cucumber/messages'
import { NixcumberError } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { taggedMachine } from '../record/machine-tag.ts'
import { type RehearsalWorld, rehearsalWorld } from '../world/rehearsal-world.ts'
import { writtenSteps } from '../world/words/written-steps.ts'
import { type Definition, namedMachines } from './effects/effects.ts'
import type { Problem } from './problem.ts'
import type { AssembledScenario } from './scenario-runtime.ts'

export interface Rehearsed {
  readonly projectDir: string
  readonly definitions: ReadonlyMap<string, Definition>
  /** Whether a step definition is one of nixcumber's own. */
  isOwn(definition: Definition): boolean
  /** Machines that the run has from the start. */
  readonly known: readonly string[]
  /** Hooks that are not nixcumber's may do anything to the world before the first step. */
  readonly hasForeignHooks: boolean
  readonly dryRun: boolean
}

/** All that cannot be meant, of all scenarios. Nothing is asked of a machine, a flake or Nix. */
export async function rehearse(scenarios: readonly AssembledScenario[], terms: Rehearsed): Promise<Problem[]> {
  const ever = new Set(scenarios.flatMap(each => stepsOf(each, terms).flatMap(({ brings }) => brings)))
  const problems: Problem[] = []
  for (const scenario of scenarios) problems.push(...(await rehearseOne(scenario, { ...terms, ever })))
  return problems
}

interface BoundStep {
  readonly step: PickleStep
  /** None where no step has the sentence, or several have it. */
  readonly definition: Definition | undefined
  readonly brings: readonly string[]
}

function stepsOf({ pickle, testCase }: AssembledScenario, { definitions }: Rehearsed): BoundStep[] {
  return testCase.testSteps.flatMap(({ pickleStepId, stepDefinitionIds = [] }) => {
    const step = pickle.steps.find(({ id }) => id === pickleStepId)
    if (!step) return []
    const [id = '', ...others] = stepDefinitionIds
    const definition = others.length === 0 ? definitions.get(id) : undefined
    return [{ step, definition, brings: definition ? broughtIntoPlay(definition, step) : [] }]
  })
}

async function rehearseOne(
  scenario: AssembledScenario,
  terms: Rehearsed & { readonly ever: ReadonlySet<string> },
): Promise<Problem[]> {
  const { pickle, gherkinDocument } = scenario
  const subject = taggedMachine(pickle)
  const world = rehearsalWorld({ ...terms, ...(subject === undefined ? {} : { subject }) })
  world.isUncertain = terms.hasForeignHooks
  const written = writtenSteps(gherkinDocument)
  const problems: Problem[] = []
  for (const bound of stepsOf(scenario, terms)) {
    const message = await problemOf(bound, world, terms)
    const source = written.get(bound.step.astNodeIds[0] ?? '')
    const place = `${pickle.uri}:${source?.location.line ?? 0}`
    if (message !== undefined) problems.push({ place, sentence: `${source?.keyword ?? ''}${bound.step.text}`, message })
  }
  return problems
}

async function problemOf(
  { step, definition, brings }: BoundStep,
  world: RehearsalWorld,
  { isOwn }: Rehearsed,
): Promise<string | undefined> {
  if (!definition || !isOwn(definition)) {
    world.isUncertain = true
    return definition && refusalIn(() => void valuesOf(definition, step, false))
  }
  world.judging = step.type === 'Outcome'
  const { unwrappedCode } = definition
  const message = await refusalIn(() => {
    refuseEmpty(definition, step)
    return Reflect.apply(unwrappedCode as () => unknown, world, [
      ...valuesOf(definition, step, true),
      ...argumentOf(step),
    ])
  })
  for (const name of brings) world.inPlay.add(name)
  return message
}

/** Parameter types of nixcumber's own, which are read in the project's sentences too: reading them does nothing else. */
const OURS = new Set([
  'place',
  'tail',
  'within',
  'duration',
  'unit',
  'path',
  'file',
  'mode',
  'port',
  'url',
  'pattern',
  'sha256',
  'stream',
])

/** @param all also of types that are not nixcumber's */
const valuesOf = ({ expression }: Definition, { text }: PickleStep, all: boolean): unknown[] =>
  (expression.match(text) ?? [])
    .filter(({ parameterType: { name = '' } }) => all || OURS.has(name))
    .map(argument => argument.getValue(undefined))

function argumentOf({ argument }: PickleStep): unknown[] {
  if (argument?.dataTable) return [new DataTable(argument.dataTable)]
  return argument?.docString ? [argument.docString.content] : []
}

/** Sentences whose last text may be empty: what an option or a property is set to, and what is typed at a prompt. */
const MAY_END_EMPTY = /^option .* is \{string\}$|has \{string\} set to \{string\}|is answered with \{string\}$/

/** @throws UsageError for empty text, which is in everything */
function refuseEmpty({ expression, pattern }: Definition, { text, argument }: PickleStep): void {
  const words = (expression.match(text) ?? []).filter(({ parameterType: { name } }) => name === 'string')
  const wanted = MAY_END_EMPTY.test(String(pattern)) ? words.slice(0, -1) : words
  const isEmpty = wanted.some(word => word.getValue(undefined) === '') || argument?.docString?.content.trim() === ''
  if (isEmpty)
    throw refuse({ what: 'This text is empty', expected: 'at least one character: empty text is in everything' })
}

const BRINGS =
  /^(?:machine \{string\} (?:is running|is installed|runs host)|machines \{string\} are on|these machines are on)/

/** Machines that are in play from this step on. */
function broughtIntoPlay({ pattern, expression }: Definition, step: PickleStep): readonly string[] {
  if (step.type === 'Outcome' || !BRINGS.test(String(pattern))) return []
  const words = (expression.match(step.text) ?? []).map(word => String(word.getValue(undefined)))
  return namedMachines(String(pattern), words, step)
}

/** What is refused when that is done; whatever else comes of it is for the run to see. */
async function refusalIn(act: () => unknown): Promise<string | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    return error instanceof NixcumberError && error.exitCode === 2 ? error.message : undefined
  }
}
