/** One run while it goes on: every message is recorded, folded and shown; at the end, however it comes, reports and a verdict. */
import { dirname } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { type Progress, silentProgress } from '../core/progress.ts'
import { redactor } from '../core/secrets/redact.ts'
import { plural } from '../core/text/text.ts'
import { version } from '../core/version.ts'
import { type Cut, type Shard, shardName } from '../cucumber/selection/shard.ts'
import type { Candidate } from '../cucumber/selection/work-unit.ts'
import { featureRevision } from '../record/feature-revision.ts'
import type { HistoryLog } from '../record/history/history-log.ts'
import { logRun } from '../record/project-folder.ts'
import { pointToLatest, RunFolder, type RunStart } from '../record/run/run-folder.ts'
import { REPORT_FILES } from '../report/formats.ts'
import { Results } from '../report/results/results.ts'
import type { HostLane } from '../report/terminal/host-progress.ts'
import { PrettyReport } from '../report/terminal/pretty.ts'
import { Terminal } from '../report/terminal/terminal.ts'
import type { Verdict } from '../report/verdict.ts'
import { composeContext, type OwnedContext } from '../world/compose.ts'
import { provideContext } from '../world/context.ts'
import { type HandedFiles, NOTHING_HANDED, readHandedFiles } from '../world/secrets/handed-files.ts'
import type { RunSettings } from '../world/settings.ts'
import { judgeRun, lastWords, noScenario } from './judge-run.ts'
import { keepAlive } from './keep-alive.ts'
import { type Rerun, TerminalPause } from './pause.ts'
import { runsOf } from './prune.ts'
import { WorkerPool, type WorkerPoolPlan } from './workers/worker-pool.ts'
import { writeReports } from './write-reports.ts'

export interface SessionPlan {
  readonly settings: RunSettings
  readonly folder: string
  readonly dryRun: boolean
  /** Machines that its scenarios name. */
  readonly uses: readonly string[]
  /** What a reader of the report must know from the start. */
  readonly notes?: readonly string[]
  /** The run stops at what does not hold, and says by this how to run the scenario again. */
  readonly again?: Rerun
  /** Scenarios run at the same time. */
  readonly sideBySide?: boolean
  /** Live hosts that are asked at once, when they are several. */
  readonly hosts?: readonly HostLane[]
  readonly shard?: Shard
  /** The words that chose only some of the scenarios. */
  readonly part?: readonly string[]
  /** The gate looks at more than this run, and says the word. */
  readonly isPartOfGate?: boolean
}

export class RunSession {
  readonly #plan: SessionPlan
  readonly #start = performance.now()
  readonly #folder: RunFolder
  readonly #terminal = new Terminal()
  readonly #results = new Results()
  readonly #pretty: PrettyReport
  readonly #sources = new Map<string, string>()
  /** None of a run that only looks at the steps. */
  readonly #log: HistoryLog | undefined
  readonly #redact = redactor(process.env)
  readonly #context: OwnedContext
  #ignoresMessages = false
  /** One end only, by whichever call comes first: a run that is stopped while it ends, or ends because it is stopped, has one verdict. */
  #ending: Promise<Verdict> | undefined
  #stopping: Promise<number> | undefined
  /** The run is over and reported; its machines are still there. */
  #kept: number | undefined
  #workerPool: WorkerPool | undefined
  readonly #interference = new Set<string>()

  private constructor(plan: SessionPlan, folder: RunFolder, handed: HandedFiles) {
    this.#plan = plan
    this.#folder = folder
    this.#log = plan.dryRun ? undefined : logRun(plan.settings.projectDir)
    this.#pretty = new PrettyReport(this.#terminal, this.#results, plan)
    this.#context = composeContext({
      settings: plan.settings,
      progress: plan.hosts ? manyHosts(this.#terminal) : this.#terminal,
      record: folder,
      handed,
      ...(plan.again ? { pause: new TerminalPause(this.#terminal, plan.again) } : {}),
    })
    provideContext(this.#context)
    for (const note of plan.notes ?? []) this.#context.progress.note(note)
    // Node ends when nothing can happen any more, though a step still waits: without a report, and with a code of its own.
    process.once('beforeExit', this.#stuck)
  }

  readonly #stuck = async (): Promise<void> => {
    this.#ignoresMessages = true
    this.#terminal.note('A step waits for something that can never come')
    await this.#release()
    process.exit((await this.#conclude()).exitCode || 3)
  }

  /** @throws EnvironmentBroken when nothing can be written there */
  static open(plan: SessionPlan): RunSession {
    const notes = [...(plan.notes ?? [])]
    // Before anything is written: what is handed over must be known to be masked.
    const handed = plan.dryRun
      ? NOTHING_HANDED
      : readHandedFiles(plan.settings.machines, { env: process.env, used: plan.uses, note: text => notes.push(text) })
    const start: RunStart = {
      tool: { name: 'nixcumber', version: version(), node: process.versions.node },
      command: process.argv.slice(2),
      inputs: plan.settings.offline ? 'offline' : 'real',
      start: new Date().toISOString(),
      ...(plan.part ? { part: [...plan.part] } : {}),
    }
    const folder = RunFolder.open(plan.folder, start, REPORT_FILES)
    if (!plan.dryRun && dirname(plan.folder) === runsOf(plan.settings.projectDir)) pointToLatest(plan.folder)
    return new RunSession({ ...plan, notes }, folder, handed)
  }

  /** Workers whose words become this run's; from now on they end with it. */
  workerPool(plan: Omit<WorkerPoolPlan, 'progress' | 'record' | 'accept' | 'print'>): WorkerPool {
    this.#workerPool = new WorkerPool({
      ...plan,
      progress: this.#context.progress,
      record: this.#folder,
      accept: envelope => this.accept(envelope),
      print: line => this.#terminal.line(line),
    })
    return this.#workerPool
  }

  /** What goes wrong here is told, and does not cost the verdict: the watchdog ends and removes what is left. */
  async #release(): Promise<void> {
    for (const one of [this.#workerPool, this.#context])
      try {
        await one?.[Symbol.asyncDispose]()
      } catch (error) {
        this.#context.progress.note(`Not all of the run could be ended: ${error}`)
      }
  }

  /** What of all scenarios is this shard's. */
  cut({ mine, total, plan }: Cut<Candidate>): void {
    const { shard } = this.#plan
    if (!shard) return
    this.#folder.update({ shard: { ...shard, total, plan } })
    this.#context.progress.note(`${shardName(shard)}: ${mine.length} of ${plural(total, 'scenario')}`)
  }

  accept(envelope: Envelope): void {
    if (this.#ignoresMessages) return
    if (envelope.source) this.#sources.set(envelope.source.uri, envelope.source.data)
    const line = this.#redact(JSON.stringify(envelope))
    this.#folder.message(line)
    const kept = JSON.parse(line) as Envelope
    this.#results.accept(kept)
    this.#logProgress(kept)
    this.#pretty.accept(kept)
  }

  /** Before it is shown: what was seen not to hold must not be forgotten. */
  #logProgress({ testCaseStarted, testCaseFinished }: Envelope): void {
    const id = testCaseStarted?.id ?? testCaseFinished?.testCaseStartedId
    const scenario = id === undefined ? undefined : this.#results.scenarioOf(id)
    if (!scenario) return
    const { key, outcome } = scenario
    if (testCaseStarted) this.#log?.started(key)
    else this.#log?.ended(key, outcome === 'skipped' ? undefined : outcome === 'held')
  }

  /** Something has meddled with the run itself: it is no GO, whatever its scenarios say. */
  interfered(words: string): void {
    this.#interference.add(words)
  }

  /** @throws UsageError when there was nothing to judge */
  async end(): Promise<number> {
    if (this.#stopping) return this.#stopping
    const { keep } = this.#plan.settings
    if (!keep) await this.#release()
    const { exitCode } = await this.#conclude()
    if (this.#stopping) return this.#stopping
    const { scenarios, unreadable } = this.#results
    if (scenarios.length + unreadable.length === 0 && !this.#folder.run.shard?.total) throw noScenario()
    if (keep) await this.#keep(exitCode)
    return exitCode
  }

  /** Stopped from outside: what is known is reported, machines go. */
  stop(signalled: number): Promise<number> {
    this.#stopping ??= this.#stop(signalled)
    return this.#stopping
  }

  async #stop(signalled: number): Promise<number> {
    this.#ignoresMessages = true
    this.#terminal.note('stopping; once more stops at once')
    this.#context.facts.giveUp()
    await this.#release()
    return this.#kept ?? (await this.#conclude(signalled)).exitCode
  }

  /** Waits for Ctrl-C, which then ends with the run's own exit code. */
  async #keep(exitCode: number): Promise<void> {
    const names = this.#context.machines.names
    if (names.length === 0) return
    this.#kept = exitCode
    for (const name of names) console.log(`kept  ${name}: nixcumber shell ${name}`)
    console.log('Ctrl-C ends them')
    await keepAlive()
  }

  /**
   * After an error of the runner itself: machines go, and what was recorded stays. The error is told by the caller.
   * When the run is being stopped, the error is only what that looks like from inside: gives the exit code then.
   */
  async abort(): Promise<number | undefined> {
    if (this.#stopping) return this.#stopping
    this.#ignoresMessages = true
    process.off('beforeExit', this.#stuck)
    this.#terminal.close()
    await this.#release()
    return undefined
  }

  #conclude(stopped?: number): Promise<Verdict> {
    this.#ending ??= this.#judge(stopped)
    return this.#ending
  }

  async #judge(stopped?: number): Promise<Verdict> {
    const judged = { folder: this.#folder, results: this.#results }
    const verdict = await judgeRun(
      { ...judged, missing: [...this.#interference], ...(this.#log ? { log: this.#log } : {}) },
      this.#plan,
      stopped,
    )
    process.off('beforeExit', this.#stuck)
    this.#terminal.close()
    this.#folder.update({
      ...lastWords(verdict),
      peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024) + (this.#workerPool?.peakMemoryMiB ?? 0),
      features: await featureRevision(this.#plan.settings.projectDir, this.#sources),
    })
    const files = writeReports({ ...judged, verdict, redact: this.#redact })
    this.#pretty.end(verdict, performance.now() - this.#start, files)
    return verdict
  }
}

/** How far each host is stands in a line of its own. */
const manyHosts = (terminal: Terminal): Progress => ({
  start: (what, kind) => (kind === 'connection' ? silentProgress.start(what) : terminal.start(what)),
  note: text => terminal.note(text),
})
