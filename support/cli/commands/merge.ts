/** `nixcumber merge`: one run made of several, with one verdict. The runs themselves are only read. */
import { cpSync, existsSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { loadConfig } from '../../config/config.ts'
import { refuse } from '../../core/refusal.ts'
import { redactor } from '../../core/secrets/redact.ts'
import { readFacts } from '../../record/facts-file.ts'
import { featureRevision } from '../../record/feature-revision.ts'
import { mergeMessages } from '../../record/merge/merge-messages.ts'
import { mergeRuns } from '../../record/merge/merge-runs.ts'
import { missingScenarios, missingShards } from '../../record/merge/merge-shards.ts'
import { rememberLastRun, runFolder } from '../../record/project-folder.ts'
import { holdOutFolder } from '../../record/run/out-folder.ts'
import { type RecordedRun, readRun } from '../../record/run/read-run.ts'
import { readResults } from '../../record/run/results-file.ts'
import { pointToLatest, RunFolder } from '../../record/run/run-folder.ts'
import { unwritable } from '../../record/write-file.ts'
import { REPORT_FILES } from '../../report/formats.ts'
import { lostScenarios } from '../../report/results/recorded-results.ts'
import { learned, Results } from '../../report/results/results.ts'
import { PrettyReport } from '../../report/terminal/pretty.ts'
import { Terminal } from '../../report/terminal/terminal.ts'
import { verdictLine, verdictOf } from '../../report/verdict.ts'
import { pruneAfter } from '../../runner/prune.ts'
import { writeReports } from '../../runner/write-reports.ts'
import type { Given } from '../registry.ts'

export async function merge({ words, options }: Given): Promise<number> {
  const began = performance.now()
  const { projectDir, config } = await loadConfig(process.cwd())
  const asked = typeof options.out === 'string' ? resolve(options.out) : undefined
  refuseTwice(words, asked)
  const [first, ...others] = words.map(word => readRun(word, resolve(word)))
  if (!first) throw refuse({ what: 'Nothing to merge', next: 'nixcumber merge --help' })
  const runs = [first, ...others] as const
  // Whatever is to be refused is refused before anything is written.
  const united = mergeRuns(runs)
  // Shards that were cut differently have scenarios in common: why is told before that they have.
  const shards = missingShards(runs)
  const envelopes = mergeMessages(runs)
  const missing = [
    ...shards,
    ...missingScenarios(runs, envelopes.filter(({ testCase }) => testCase).length),
    ...runs.flatMap(unended),
    ...runs.flatMap(lost),
  ]

  const out = runFolder(projectDir, asked, false)
  await using _ = asked === undefined ? undefined : await holdOutFolder(out)
  const folder = RunFolder.open(out, { ...united, command: process.argv.slice(2) }, REPORT_FILES)
  if (asked === undefined) pointToLatest(out)
  const terminal = new Terminal()
  const results = new Results()
  const pretty = new PrettyReport(terminal, results)
  const sources = new Map<string, string>()
  for (const envelope of envelopes) {
    if (envelope.source) sources.set(envelope.source.uri, envelope.source.data)
    folder.message(JSON.stringify(envelope))
    results.accept(envelope)
    pretty.accept(envelope)
  }
  for (const note of missing) terminal.note(note)
  for (const [at, run] of runs.entries()) copyEvidence(run, join(out, 'evidence', `${at + 1}-${basename(run.folder)}`))
  for (const facts of runs.flatMap(run => [...readFacts(run.folder).values()])) folder.facts(facts)
  const verdict = verdictOf({
    results,
    inputs: united.inputs,
    machines: Object.keys(united.machines),
    dryRun: false,
    missing,
  })
  const { hash } = await featureRevision(projectDir, sources)
  folder.update({
    ...united,
    notes: [...united.notes, ...missing],
    end:
      runs
        .flatMap(({ run }) => run.end ?? [])
        .toSorted()
        .at(-1) ?? new Date().toISOString(),
    exitCode: verdict.exitCode,
    verdict: verdictLine(verdict),
    features: { ...revisionOf(runs), hash },
  })
  // The next shards are balanced by what all of these took.
  if ([...sources.keys()].some(uri => existsSync(join(projectDir, uri))))
    await rememberLastRun(projectDir, {
      learned: learned(results),
      there: results.keys,
      isWhole: united.part === undefined && missing.length === 0,
    })
  const files = writeReports({ folder, results, verdict, redact: redactor(process.env) })
  pretty.end(verdict, performance.now() - began, files)
  await pruneAfter(out, projectDir, config)
  return verdict.exitCode
}

function refuseTwice(words: readonly string[], out: string | undefined): void {
  const folders = words.map(word => resolve(word))
  const twice = words.find((_, at) => folders.indexOf(folders[at] ?? '') < at)
  if (twice) throw refuse({ what: `${twice} is named twice`, expected: 'each run once' })
  const inside = words.find((_, at) => out !== undefined && !relative(folders[at] ?? '', out).startsWith('..'))
  if (inside)
    throw refuse({
      what: '--out is one of the runs to be merged',
      expected: 'a folder of its own: the runs stay as they are',
      got: inside,
    })
}

/** A run that came to no end may have had scenarios that it never even announced. */
function unended({ name, envelopes, torn }: RecordedRun): string[] {
  if (envelopes.some(({ testRunFinished }) => testRunFinished)) return []
  return [`the run in ${name} came to no end${torn ? ' (its last message is half written)' : ''}`]
}

/** The messages are held against what the run itself has counted. */
function lost({ name, folder, envelopes }: RecordedRun): string[] {
  const results = new Results()
  for (const envelope of envelopes) results.accept(envelope)
  return lostScenarios(name, results, readResults(folder))
}

function copyEvidence({ folder }: RecordedRun, to: string): void {
  const from = join(folder, 'evidence')
  if (!existsSync(from)) return
  try {
    cpSync(from, to, { recursive: true })
  } catch (error) {
    throw unwritable(to, error)
  }
}

/** Of the repository of the features, when all runs name the same one. */
function revisionOf(runs: readonly RecordedRun[]): { revision?: string; dirty?: boolean } {
  const known = runs.map(({ run }) => run.features)
  const revision = known[0]?.revision
  if (revision === undefined || known.some(each => each?.revision !== revision)) return {}
  return { revision, dirty: known.some(each => each?.dirty) }
}
