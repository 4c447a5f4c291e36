/** Parts of a feature that would hold because there is nothing in them: scenarios that judge nothing, tables without rows, empty cells. Pure. */
import type { Examples, GherkinDocument, PickleStep, Scenario } from '@cucumber/messages'
import { rows } from '../core/text/text.ts'
import { scenarios } from '../record/scenario-key.ts'
import type { Problem } from './problem.ts'
import type { AssembledScenario } from './scenario-runtime.ts'

export function emptyParts(documents: readonly GherkinDocument[]): Problem[] {
  return documents.flatMap(document => {
    const uri = document.uri ?? ''
    const all = scenarios(document.feature?.children ?? []).map(({ scenario }) => scenario)
    return [...(all.length === 0 ? [emptyFeature(uri, document)] : []), ...all.flatMap(each => emptyTables(uri, each))]
  })
}

function emptyFeature(uri: string, { feature }: GherkinDocument): Problem {
  const message = refusal('It has no scenario, and would hold whatever the machine is like', 'at least one scenario')
  return { place: uri, sentence: feature?.name ?? 'There is no feature in it', message }
}

function emptyTables(uri: string, { keyword, name, examples, steps, location }: Scenario): Problem[] {
  const isOutline = steps.some(({ text }) => /<[^<>]+>/.test(text)) && /outline|template/i.test(keyword)
  if (isOutline && examples.length === 0)
    return [
      {
        place: `${uri}:${location.line}`,
        sentence: `${keyword}: ${name}`,
        message: refusal('It has no Examples, and is never run', 'a table of Examples'),
      },
    ]
  return examples.flatMap(each => emptyCells(uri, each))
}

function emptyCells(uri: string, { keyword, name, tableHeader, tableBody, location }: Examples): Problem[] {
  const sentence = `${keyword}: ${name}`.trimEnd()
  if (tableBody.length === 0)
    return [
      {
        place: `${uri}:${location.line}`,
        sentence,
        message: refusal('This table has no row: nothing is run for it', 'at least one row below its head'),
      },
    ]
  return tableBody.flatMap(row =>
    row.cells.flatMap(({ value }, at) =>
      value === ''
        ? [
            {
              place: `${uri}:${row.location.line}`,
              sentence,
              message: refusal(
                `The cell of <${tableHeader?.cells[at]?.value ?? at + 1}> is empty`,
                'a word in each cell: empty text is in everything',
              ),
            },
          ]
        : [],
    ),
  )
}

/** A scenario in which nothing is judged: each step may do what it wants, and none can say that something is not so. */
export function judgesNothing(
  { pickle, testCase }: AssembledScenario,
  isThen: (definitionId: string) => boolean,
): Problem[] {
  const place = `${pickle.uri}:${pickle.location?.line ?? 0}`
  if (pickle.steps.length === 0)
    return [{ place, sentence: pickle.name, message: refusal('It has no step.', 'steps, and at least one Then') }]
  const bullets = testCase.testSteps.flatMap(({ stepDefinitionIds = [] }) => stepDefinitionIds)
  if (pickle.steps.some(isOutcome) || bullets.some(isThen)) return []
  return [
    {
      place,
      sentence: pickle.name,
      message: refusal('It judges nothing, and would hold whatever the machine is like', 'at least one Then'),
    },
  ]
}

const isOutcome = ({ type }: PickleStep): boolean => type === 'Outcome'

const refusal = (what: string, expected: string): string => `${what}\n${rows({ Expected: expected })}`.trimEnd()
