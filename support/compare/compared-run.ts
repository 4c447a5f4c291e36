/** One of two runs that are compared: what each scenario came to, and what is known of the machines. Read line by line. */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Envelope } from '@cucumber/messages'
import { refuse } from '../core/refusal.ts'
import { readFacts } from '../record/facts-file.ts'
import type { FoundRun } from '../record/history/runs.ts'
import { OBSERVATION_MEDIA_TYPE } from '../report/results/observation.ts'
import { OUTCOME_MEDIA_TYPE, type Outcome } from '../report/results/outcome.ts'
import type { ScenarioResult, StepResult } from '../report/results/result-types.ts'
import { Results } from '../report/results/results.ts'
import type { Facts } from './facts.ts'

/** A scenario on a machine, as it ended. */
export interface Case {
  /** Holds from run to run. */
  readonly key: string
  readonly name: string
  readonly feature: string
  readonly uri: string
  readonly line: number
  readonly machine?: string
  readonly outcome: Outcome
  /** 0: it was announced, and never begun. */
  readonly attempts: number
  readonly milliseconds: number
  /** Hash of what its steps say. */
  readonly body: string
  readonly tags: readonly string[]
  readonly steps: readonly CaseStep[]
}

export interface CaseStep {
  readonly sentence: string
  readonly place: string
  readonly outcome: Outcome
  /** What the step saw last. */
  readonly seen?: string
  readonly subject?: string
  /** Of one that did not hold: all that was said. */
  readonly message?: string
}

export interface ComparedRun extends FoundRun {
  readonly cases: ReadonlyMap<string, Case>
  /** Keys of all scenarios in the features that were read, run or not, by uri. */
  readonly there: ReadonlyMap<string, ReadonlySet<string>>
  /** By machine. */
  readonly facts: ReadonlyMap<string, Facts>
  /** The last message was not written to its end. */
  readonly torn: boolean
  /** Its messages have the end that cucumber announces. */
  readonly finished: boolean
}

/** @throws UsageError when there are no messages, or other things than messages */
export async function readComparedRun(found: FoundRun): Promise<ComparedRun> {
  const file = join(found.folder, 'messages.ndjson')
  const results = new Results()
  let broken: number | undefined
  let count = 0
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      count += 1
      if (broken !== undefined) throw damaged(file, broken)
      if (!isWanted(line)) continue
      const envelope = parsed(line)
      if (envelope) results.accept(envelope)
      else broken = count
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw refuse({
      what: `${found.folder} is no whole run`,
      expected: 'run.json and messages.ndjson',
      got: 'no messages.ndjson',
    })
  }
  const only = Object.keys(found.run.machines)
  const machine = only.length === 1 ? only[0] : undefined
  return {
    ...found,
    cases: new Map(results.scenarios.map(each => [each.key, caseOf(each, machine)])),
    there: results.keys,
    facts: new Map([...readFacts(found.folder)].map(([name, { sections }]) => [name, sections])),
    torn: broken !== undefined,
    finished: results.finished !== undefined,
  }
}

/** Most of a record is of no use here; parsing is what takes the time. */
const UNWANTED = /^\{"(?:source|meta|stepDefinition|parameterType|testStepStarted|undefinedParameterType)"/

function isWanted(line: string): boolean {
  if (line === '' || UNWANTED.test(line)) return false
  return !line.startsWith('{"attachment"') || line.includes(OBSERVATION_MEDIA_TYPE) || line.includes(OUTCOME_MEDIA_TYPE)
}

function parsed(line: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Envelope) : undefined
  } catch {
    return undefined
  }
}

const damaged = (file: string, line: number) =>
  refuse({
    what: `${file} is damaged`,
    expected: "one of cucumber's messages in each line",
    got: `something else in line ${line}`,
  })

function caseOf(scenario: ScenarioResult, only: string | undefined): Case {
  const { key, name, feature, rule, uri, line, outcome, attempts, milliseconds, body, tags, steps } = scenario
  const machine = scenario.machine ?? only
  return {
    ...{ key, name, uri, line, outcome, attempts, milliseconds, body, tags },
    feature: rule === undefined ? feature : `${feature} › ${rule}`,
    ...(machine === undefined ? {} : { machine }),
    steps: steps.filter(isTelling).map(step => stepOf(step, uri)),
  }
}

/** Hooks that went well tell nothing. */
const isTelling = ({ hook, outcome }: StepResult): boolean => !hook || (outcome !== 'held' && outcome !== 'skipped')

function stepOf({ keyword, text, line, outcome, observation, error }: StepResult, uri: string): CaseStep {
  return {
    sentence: `${keyword}${text}`,
    place: line === undefined ? uri : `${uri}:${line}`,
    outcome,
    ...(observation ? { seen: observation.seen, subject: observation.subject } : {}),
    ...(error ? { message: error.message } : {}),
  }
}
