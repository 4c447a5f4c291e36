/** Sentences judged on hosts of the laboratory by the code that runs on machines: text in, outcome out. */
import assert from 'node:assert/strict'
import { readRun } from '../../record/run/read-run.ts'
import type { ScenarioResult } from '../../report/results/result-types.ts'
import { Results } from '../../report/results/results.ts'
import { type JudgeOptions, newProject, type Subject } from './project.ts'
import type { Row } from './rows.ts'

/** `could not check` is exit code 3, `refused` is exit code 2. */
export type Outcome = 'held' | 'not met' | 'could not check' | 'refused'

export interface Judged {
  readonly sentence: string
  readonly outcome: string
  /** All that was said of it; for what held, what was seen. */
  readonly message: string
  readonly milliseconds: number
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  held: 'held',
  failed: 'not met',
  error: 'could not check',
  refused: 'refused',
}

/**
 * Asks nixcumber's real command line for every row, in one run, each row a scenario of its own; all that did not come out as expected is
 * told together. Rows are `[sentence, outcome, pattern]`:
 *
 *     await judgeOnLab(host, [
 *       ['service "web" is active', 'held'],
 *       ['service "web" is failed', 'not met', /Observed +active \(running\)/],
 *       ['service "ngnix" is not failed', 'not met', /there is no unit ngnix\.service/],
 *       ['service "web" is active within 5 minuts', 'refused', /is no length of time/],
 *     ])
 *
 * A sentence is what stands after `Then`; lines after its first are its table or doc string. One that begins with Given, When or Then
 * is several steps, taken as they are. Where a sentence says neither `within` nor `now` nor `for`, it is asked `now`: one look. The
 * pattern is looked for in the whole message (headline, Expected, Observed …); of what held, in what was seen.
 *
 * `could not check` must name its cause: give it a pattern. Rows that must be `refused` have a run of their own.
 * Rows take about 0.1 s each, four at once; starting nixcumber 1.5 s. They only look, unless
 * `options` has `--allow changes`. To see what nixcumber says today, pass a row with no outcome: it is printed and judged as wrong.
 */
export async function judgeOnLab(host: Subject, rows: readonly Row[], options: JudgeOptions = {}): Promise<Judged[]> {
  const alone = rows.filter(([, outcome]) => outcome === 'refused')
  const together = rows.filter(row => !alone.includes(row))
  const judged = together.length > 0 ? await judge(host, together, options) : []
  await again(host, together, judged, options)
  judged.push(...(await judgeRefusals(host, alone, options)))
  const wrong = [...together, ...alone].flatMap((row, i) => complaint(row, judged[i]))
  assert.equal(
    wrong.length,
    0,
    `${wrong.length} of ${rows.length} rows came out otherwise on ${host.name}\n\n${wrong.join('\n\n')}`,
  )
  return judged
}

/** On a loaded computer a look may take longer than its bound: such rows get more time, once. */
async function again(host: Subject, rows: readonly Row[], judged: Judged[], options: JudgeOptions): Promise<void> {
  const late = rows.flatMap((row, i) => {
    const got = judged[i]
    return got && CUT_OFF.test(got.message) && complaint(row, got).length > 0 ? [i] : []
  })
  if (late.length === 0) return
  const chosen = late.flatMap(i => (rows[i] ? [rows[i]] : []))
  const anew = await judge(host, chosen, { ...options, within: LONGER })
  for (const [n, i] of late.entries()) if (anew[n]) judged[i] = anew[n]
}

const CUT_OFF = /cut off|did not end within|nothing was seen for/
const LONGER = '15 seconds'

function complaint([sentence, outcome, pattern]: Row, got: Judged | undefined): string[] {
  if (!got) return [`${sentence}\n  was not judged at all`]
  const isRight = got.outcome === outcome && (pattern?.test(got.message) ?? true)
  if (isRight) return []
  const wanted = pattern ? `${outcome}, ${pattern}` : (outcome ?? 'anything: this row says no outcome')
  return [`${sentence}\n  Wanted  ${wanted}\n  Got     ${got.outcome}\n${got.message.replaceAll(/^/gm, '    | ')}`]
}

async function judge(host: Subject, rows: readonly Row[], options: JudgeOptions): Promise<Judged[]> {
  using project = newProject(host, rows, options)
  const { exitCode, output } = await project.run()
  const results = new Results()
  for (const envelope of messagesOf(project.out, output)) results.accept(envelope)
  const { scenarios } = results
  assert.equal(
    scenarios.length,
    rows.length,
    `nixcumber ended with exit code ${exitCode} and judged ${scenarios.length} rows\n${output}`,
  )
  return rows.map((row, i) =>
    judgement(
      row,
      scenarios.find(({ name }) => name === String(i + 1)),
      output,
    ),
  )
}

function messagesOf(folder: string, output: string) {
  try {
    return readRun('the run', folder).envelopes
  } catch (error) {
    throw new Error(`nixcumber left no record of the run\n${output}`, { cause: error })
  }
}

function judgement([sentence]: Row, scenario: ScenarioResult | undefined, output: string): Judged {
  assert.ok(scenario, `"${sentence}" is in no scenario\n${output}`)
  const { outcome, steps, milliseconds, reason } = scenario
  const said = steps.find(step => step.outcome === outcome)
  const seen = steps.at(-1)?.observation ?? steps.findLast(step => step.observation)?.observation
  const message =
    outcome === 'held' ? (seen?.seen ?? '') : (said?.error?.message ?? reason ?? `Unknown sentence: ${said?.text}`)
  return { sentence, outcome: OUTCOMES[outcome] ?? outcome, message, milliseconds }
}

/** In one run; where that refuses to begin, or does not refuse one of them, each in a run of its own. */
async function judgeRefusals(host: Subject, rows: readonly Row[], options: JudgeOptions): Promise<Judged[]> {
  const together = rows.length > 1 ? await judge(host, rows, options).catch(() => []) : []
  const judged: Judged[] = []
  for (const [i, row] of rows.entries()) {
    const got = together[i]
    judged.push(got && complaint(row, got).length === 0 ? got : await judgeRefused(host, row, options))
  }
  return judged
}

async function judgeRefused(host: Subject, row: Row, options: JudgeOptions): Promise<Judged> {
  using project = newProject(host, [row], options)
  const { exitCode, output } = await project.run()
  return {
    sentence: row[0],
    outcome: exitCode === 2 ? 'refused' : `exit code ${exitCode}`,
    message: output,
    milliseconds: 0,
  }
}
