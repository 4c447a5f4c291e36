/** `nixcumber compare`: two recorded runs in, what is new out, in every form that was asked for. */
import { join, resolve } from 'node:path'
import { styleText } from 'node:util'
import { compare } from '../../compare/compare.ts'
import { readComparedRun } from '../../compare/compared-run.ts'
import type { Comparison } from '../../compare/comparison.ts'
import type { PastRun } from '../../compare/past.ts'
import { FORMS } from '../../compare/render/forms.ts'
import { renderNagios } from '../../compare/render/nagios.ts'
import { renderText, type Style } from '../../compare/render/text.ts'
import { loadConfig } from '../../config/config.ts'
import { refuse } from '../../core/refusal.ts'
import { before, damagedSince, type FoundRun, findRun, lastGood, listRuns } from '../../record/history/runs.ts'
import { readResults } from '../../record/run/results-file.ts'
import { writeAtomically } from '../../record/write-file.ts'
import type { Given } from '../registry.ts'

/** Age and flakiness look back so far. */
const REMEMBERED = 50

export async function compareRuns({ words, options }: Given): Promise<number> {
  const { projectDir, config } = await loadConfig(process.cwd())
  const runs = join(projectDir, '.nixcumber/runs')
  const { base, current } = chosen(words, runs)
  if (base?.folder === current.folder)
    throw refuse({ what: 'Both are the same run', got: current.folder, next: 'nixcumber compare last-good last' })
  const [then, now] = [base && (await readComparedRun(base)), await readComparedRun(current)]
  const comparison = compare({
    ...(then ? { base: then } : {}),
    current: now,
    past: pastOf(current, runs),
    damaged: damagedSince(runs, base, current),
    waivers: config.waivers ?? [],
    now: new Date(),
    strict: options.strict === true,
  })
  await tell(comparison, options)
  return comparison.verdict.exitCode
}

/** The current run first: `last` and `last-good` mean runs before it. */
function chosen([first, second]: readonly string[], runs: string): { base?: FoundRun; current: FoundRun } {
  const current = findRun(second ?? 'last', runs)
  if (first !== undefined) return { base: findRun(first, runs, isWord(first) ? current : undefined), current }
  const base = lastGood(runs, current)
  // The first night of a schedule: nothing is to be compared with, and nothing bad is to be passed over.
  return base ? { base, current } : { current }
}

const isWord = (word: string): boolean => word === 'last' || word === 'last-good'

const pastOf = (current: FoundRun, runs: string): PastRun[] =>
  before(listRuns(runs), current)
    .slice(-REMEMBERED)
    .flatMap(({ folder, run }) => {
      const results = readResults(folder)
      return results ? [{ folder, run, results }] : []
    })

/** What goes to standard output goes there alone: something reads it. */
async function tell(comparison: Comparison, options: Given['options']): Promise<void> {
  const files = await written(comparison, options)
  const out = files.filter(({ file }) => file === '-')
  if (out.length + (options.nagios ? 1 : 0) > 1)
    throw refuse({ what: 'Only one report can go to standard output', expected: 'a file for each of the others' })
  for (const { file, content } of files) if (file !== '-') writeAtomically(resolve(file), content)
  if (options.nagios) console.log(renderNagios(comparison))
  else if (out[0]) process.stdout.write(out[0].content)
  else console.log(renderText(comparison, style))
}

async function written(comparison: Comparison, options: Given['options']) {
  const asked = FORMS.flatMap(({ option, load }) => {
    const file = options[option]
    return typeof file === 'string' ? [{ file, load }] : []
  })
  return Promise.all(asked.map(async ({ file, load }) => ({ file, content: (await load())(comparison) })))
}

/** Colours by what the terminal can do; none into a file. */
const style: Style = (format, text) => styleText(format, text, { stream: process.stdout })
