/** nixcumber judged by its own means. Only nixcumber's own features load these. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { After, type DataTable, EnvironmentBroken, ExpectationNotMet, Given, type NixWorld, reads, Then, When } from 'nixcumber'
import { BIN, endTrial, ROOT, trialOf } from './trial.ts'

Given(
  'an empty project',
  reads(function (this: NixWorld) {
    trialOf(this)
  }),
)

Given(
  'the suite {string}',
  reads(function (this: NixWorld, name: string) {
    trialOf(this).copySuite(name)
  }),
)

Given(
  'a project with the file {string}:',
  reads(function (this: NixWorld, file: string, text: string) {
    trialOf(this).write(file, text)
  }),
)

Given(
  'a project with {int} scenarios',
  reads(function (this: NixWorld, count: number) {
    const scenarios = Array.from({ length: count }, (_, i) => `Scenario: number ${i}\nThen service "sshd" is active\n`)
    trialOf(this).write('features/many.feature', `Feature: Many\n${scenarios.join('\n')}`)
  }),
)

Given(
  'the package is installed in it',
  reads(async function (this: NixWorld) {
    const trial = trialOf(this)
    trial.write('package.json', '{ "name": "somebody", "private": true }')
    await trial.exec('npm', ['pack', '--silent', '--pack-destination', trial.folder, ROOT])
    const tarball = readdirSync(trial.folder).find(name => name.endsWith('.tgz')) ?? 'no tarball'
    await trial.exec('npm', ['install', '--silent', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`])
    if (trial.ended.exitCode !== 0) throw new EnvironmentBroken(`npm cannot install\n\n${trial.ended.output}`)
  }),
)

When(
  'the installed nixcumber is called with {string}',
  reads(async function (this: NixWorld, words: string) {
    await trialOf(this).exec('npx', ['nixcumber', ...words.split(' ')])
  }),
)

When(
  'nixcumber is called with {string} on a disk that is full',
  reads(async function (this: NixWorld, words: string) {
    // A few pages of memory as a disk; in a namespace of its own, so that nothing is mounted for others.
    const script = 'mkdir out && mount -t tmpfs -o size=32k tmpfs out && "$@"; code=$?; cp -r out kept; exit $code'
    const call = ['sh', '-c', script, 'sh', process.execPath, BIN, ...words.split(' ')]
    await trialOf(this).exec('unshare', ['--user', '--map-root-user', '--mount', ...call])
  }),
)

/** The cache as it is, and on top of it a few pages of memory for what is written. */
const LITTLE_ROOM = `set -e
mkdir -p cache/nixcumber room
mount -t tmpfs -o size="$1"m tmpfs room
mkdir room/upper room/work
mount -t overlay overlay -o lowerdir="$2",upperdir="$PWD/room/upper",workdir="$PWD/room/work" cache/nixcumber
export XDG_CACHE_HOME="$PWD/cache"
shift 2
exec "$@"`

When(
  'nixcumber is called with {string} where {int} MiB are left for Nix and machines',
  reads(async function (this: NixWorld, words: string, room: number) {
    const { cacheDir } = this.context.settings
    const call = ['sh', '-c', LITTLE_ROOM, 'sh', String(room), cacheDir, process.execPath, BIN, ...words.split(' ')]
    await trialOf(this).exec('unshare', ['--mount', ...call])
  }),
)

When(
  'nixcumber is called with {string}',
  reads(async function (this: NixWorld, words: string) {
    await trialOf(this).call(words)
  }),
)

When(
  'nixcumber is called with {string} and {string} in its environment',
  reads(async function (this: NixWorld, words: string, variable: string) {
    const [name = '', value = ''] = variable.split('=')
    await trialOf(this).call(words, { [name]: value })
  }),
)

When(
  'nixcumber is called with {string} and gets Ctrl-C once it says {string}',
  reads(async function (this: NixWorld, words: string, said: string) {
    await trialOf(this).interrupt(words, said, ['SIGINT'])
  }),
)

When(
  'nixcumber is called with {string} and gets Ctrl-C twice once it says {string}',
  reads(async function (this: NixWorld, words: string, said: string) {
    await trialOf(this).interrupt(words, said, ['SIGINT', 'SIGINT'])
  }),
)

const KEYS: Readonly<Record<string, string>> = { Enter: '\n', 'Ctrl-C': '\u0003', 'Ctrl-D': '\u0004', q: 'q' }

When(
  'nixcumber is called with {string} at a terminal:',
  reads(async function (this: NixWorld, words: string, table: DataTable) {
    const turns = table
      .hashes()
      .map(({ says = '', typed = '' }) => [says, typed.split(' ').map(key => KEYS[key] ?? key).join('')] as const)
    await trialOf(this).atTerminal(words, turns)
  }),
)

Then('nixcumber says {string} once', function (text: string) {
  const { output } = trialOf(this).ended
  const times = output.split(text).length - 1
  if (times !== 1) throw notMet(`What nixcumber says`, `once: ${text}`, `${times} times`, output)
})

Then('the exit code is {int}', function (wanted: number) {
  const trial = trialOf(this)
  trial.expected = true
  const { exitCode, output } = trial.ended
  if (exitCode !== wanted) throw notMet('The exit code', String(wanted), String(exitCode), output)
})

Then('nixcumber says {string}', function (text: string) {
  const { output } = trialOf(this).ended
  if (!output.includes(text)) throw notMet('What nixcumber says', text, 'other words', output)
})

Then('nixcumber says:', function (text: string) {
  const { output } = trialOf(this).ended
  const plain = (lines: string): string => lines.replaceAll(/[ \t]+/g, ' ').replaceAll(/\n /g, '\n')
  if (!plain(output).includes(plain(text))) throw notMet('What nixcumber says', text, 'other words', output)
})

Then('nixcumber does not say {string}', function (text: string) {
  const { output } = trialOf(this).ended
  if (output.includes(text)) throw notMet('What nixcumber says', `not: ${text}`, text, output)
})

Then('the last line begins with {string}', function (text: string) {
  const { lastLine } = trialOf(this).ended
  if (!lastLine.startsWith(text)) throw notMet('The last line', text, lastLine)
})

Then('it took less than {float} seconds', function (bound: number) {
  const { seconds } = trialOf(this).ended
  if (seconds >= bound) throw notMet('The time', `less than ${bound} s`, `${seconds.toFixed(1)} s`)
})

Then('the file {string} of the project contains {string}', function (file: string, text: string) {
  const content = trialOf(this).read(file)
  if (!content.includes(text)) throw notMet(file, text, 'other text', content)
})

Then('the file {string} of the project does not contain {string}', function (file: string, text: string) {
  const content = trialOf(this).read(file)
  if (content.includes(text)) throw notMet(file, `not: ${text}`, text)
})

Then('the project has no folder {string}', function (folder: string) {
  if (existsSync(join(trialOf(this).folder, folder))) throw notMet(folder, 'not there', 'there')
})

Then('every line of {string} of the project is a whole message', function (file: string) {
  const lines = trialOf(this).read(file).split('\n')
  if (lines.pop() !== '' || lines.length === 0) throw notMet(file, 'whole lines', lines.at(-1) ?? 'nothing')
  for (const line of lines) JSON.parse(line)
})

Then('{string} of the run is {string}', function (key: string, wanted: string) {
  const run = JSON.parse(trialOf(this).read('out/run.json')) as Record<string, unknown>
  if (String(run[key]) !== wanted) throw notMet(`"${key}" in run.json`, wanted, String(run[key]))
})

Then('the scenarios end as follows:', function (table: DataTable) {
  const junit = trialOf(this).read('out/junit.xml')
  const missed = table.rows().filter(([name = '', end = '']) => endOf(junit, name) !== end)
  if (missed.length > 0)
    throw notMet(
      'The scenarios',
      missed.map(row => row.join(': ')).join('\n'),
      missed.map(([name = '']) => `${name}: ${endOf(junit, name)}`).join('\n'),
    )
})

/** `held`, `failure`, `error` or `skipped`, as JUnit has it. */
function endOf(junit: string, name: string): string {
  const at = junit.indexOf(`<testcase name="${name}"`)
  if (at < 0) return 'not there'
  const [, empty, inner] = /^<testcase[^>]*?(\/)?>\s*(?:<(\w+))?/.exec(junit.slice(at)) ?? []
  return empty ? 'held' : (inner ?? 'held')
}

After(function (this: NixWorld, { result }) {
  const trial = endTrial(this)
  if (!trial) return
  if (result?.status !== 'PASSED') {
    this.attach(`kept: ${trial.folder}`, { mediaType: 'text/plain', fileName: 'project' })
    return
  }
  trial[Symbol.dispose]()
  if (trial.failedUnnoticed)
    throw notMet('The command', 'to end well, or a word about its exit code', `exit code ${trial.ended.exitCode}`, trial.ended.output)
})

const notMet = (what: string, expected: string, observed: string, output = ''): ExpectationNotMet =>
  new ExpectationNotMet(
    `${what} was not as expected\n\n  Expected   ${expected}\n  Observed   ${observed}${output && `\n\n${output.replaceAll(/^/gm, '    ')}`}`,
  )
