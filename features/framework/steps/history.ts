/** Recorded runs: what each holds, and which of them there are. */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type DataTable, ExpectationNotMet, Given, type NixWorld, reads, Then, When } from 'nixcumber'
import { BIN, type Trial, trialOf } from './trial.ts'

const DAY_MS = 24 * 60 * 60 * 1000

Given(
  /^recorded runs that began so many days ago: ([\d, ]+)$/,
  reads(function (this: NixWorld, days: string) {
    for (const day of days.split(', ').map(Number)) record(trialOf(this), day, 0)
  }),
)

Given(
  'a bad run that began {int} days ago',
  reads(function (this: NixWorld, days: number) {
    record(trialOf(this), days, 1)
  }),
)

When(
  'nixcumber is called with {string} and with {string} at the same time',
  reads(async function (this: NixWorld, one: string, other: string) {
    const trial = trialOf(this)
    await Promise.all([trial.call(one), trial.call(other)])
    trial.expected = true
  }),
)

When(
  'nixcumber is called with {string}, its folder is removed once it says {string}, and it gets Ctrl-C',
  reads(async function (this: NixWorld, words: string, said: string) {
    const trial = trialOf(this)
    const before = new Set(runsIn(trial))
    const folderRemoved = (): void => {
      for (const name of runsIn(trial)) if (!before.has(name)) rmSync(join(runsOf(trial), name), { recursive: true })
    }
    await trial.interrupt(words, said, ['SIGINT'], folderRemoved)
  }),
)

When(
  'nixcumber is called with {string}, with {string} once it says {string}, and gets Ctrl-C',
  reads(async function (this: NixWorld, words: string, others: string, said: string) {
    const trial = trialOf(this)
    const callOther = (): void => {
      const { status, stderr } = spawnSync(process.execPath, [BIN, ...others.split(' ')], { cwd: trial.folder })
      trial.write('other.txt', `exit code ${status}\n${stderr}`)
    }
    await trial.interrupt(words, said, ['SIGINT'], callOther)
  }),
)

Then('the results of the latest run are:', function (this: NixWorld, table: DataTable) {
  const { scenarios } = JSON.parse(trialOf(this).read('.nixcumber/runs/latest/results.json')) as {
    scenarios: Record<string, { outcome: string; attempts: number; body: string; error?: string }>
  }
  const rows = Object.entries(scenarios).map(([key, { outcome, attempts, error = '' }]) => [
    key.replace(/^.*: /, ''),
    outcome,
    String(attempts),
    error,
  ])
  same('The results', table.rows(), rows)
})

Then('the latest run has seen:', function (this: NixWorld, table: DataTable) {
  const messages = trialOf(this).read('.nixcumber/runs/latest/messages.ndjson').trimEnd().split('\n')
  const rows = messages.flatMap(line => {
    const { attachment } = JSON.parse(line) as { attachment?: { mediaType: string; body: string } }
    if (attachment?.mediaType !== 'application/vnd.nixcumber.observation+json') return []
    const { subject, wanted, seen = '' } = JSON.parse(attachment.body) as Record<string, string>
    return [[subject, wanted, seen.startsWith('a whisper') ? 'a whisper' : seen]]
  })
  same('What the run has seen', table.rows(), rows)
})

Then(/^\d+ runs? (?:is|are) recorded: (.*)$/, function (this: NixWorld, wanted: string) {
  const trial = trialOf(this)
  const states = runsIn(trial).flatMap(name => stateOf(join(runsOf(trial), name)) ?? [])
  same('The recorded runs', wanted.split(', '), states)
})

Then('latest leads to the newest of them', function (this: NixWorld) {
  const trial = trialOf(this)
  same('Where latest leads to', runsIn(trial).at(-1), readlinkSync(join(runsOf(trial), 'latest')))
})

Then(/^the runs that began so many days ago are left: ([\d, ]+)$/, function (this: NixWorld, wanted: string) {
  const days = runsIn(trialOf(this)).map(name => {
    const start = Date.parse(`${name.slice(0, 10)}T${name.slice(11, 19).replaceAll('-', ':')}Z`)
    return String(Math.round((Date.now() - start) / DAY_MS))
  })
  same('The runs that are left', wanted.split(', '), days)
})

/** A run as an earlier one would have left it. */
function record(trial: Trial, daysAgo: number, exitCode: number): void {
  const start = new Date(Date.now() - daysAgo * DAY_MS).toISOString()
  const folder = join(runsOf(trial), start.slice(0, 19).replaceAll(':', '-'))
  const tool = { name: 'nixcumber', version: '0.1.0', node: '20.19.0' }
  const run = {
    format: 1,
    tool,
    command: ['run'],
    inputs: 'real',
    start,
    end: start,
    exitCode,
    toplevels: {},
    machines: {},
    notes: [],
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run))
}

const runsOf = ({ folder }: Trial): string => join(folder, '.nixcumber/runs')

const runsIn = (trial: Trial): string[] =>
  existsSync(runsOf(trial))
    ? readdirSync(runsOf(trial)).filter(name => lstatSync(join(runsOf(trial), name)).isDirectory())
    : []

function stateOf(folder: string): 'ended' | 'killed' | 'going on' | undefined {
  if (!existsSync(join(folder, 'run.json'))) return undefined
  const { end, runner = '' } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as {
    end?: string
    runner?: string
  }
  if (end !== undefined) return 'ended'
  return existsSync(`/proc/${runner.split(' ')[0]}`) ? 'going on' : 'killed'
}

function same(what: string, wanted: unknown, seen: unknown): void {
  if (JSON.stringify(wanted) === JSON.stringify(seen)) return
  const [expected, observed] = [wanted, seen].map(each => JSON.stringify(each, undefined, 1).replaceAll('\n', ' '))
  throw new ExpectationNotMet(`${what} differ\n\n  Expected   ${expected}\n  Observed   ${observed}`)
}
