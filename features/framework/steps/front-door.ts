/** nixcumber judged by its own means. Only nixcumber's own features load these. */
import { readdirSync } from 'node:fs'
import { After, type DataTable, EnvironmentBroken, Given, type NixWorld, reads, When } from 'nixcumber'
import { notMet } from './not-met.ts'
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
    trial.write('package.json', '{ "name": "newcomer", "private": true }')
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
    const [name = '', ...value] = variable.split('=')
    await trialOf(this).call(words, { [name]: value.join('=') })
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
    const turns = table.hashes().map(
      ({ says = '', typed = '' }) =>
        [
          says,
          typed
            .split(' ')
            .map(key => KEYS[key] ?? key)
            .join(''),
        ] as const,
    )
    await trialOf(this).atTerminal(words, turns)
  }),
)

After(function (this: NixWorld, { result }) {
  const trial = endTrial(this)
  if (!trial) return
  if (result?.status !== 'PASSED') {
    this.attach(`kept: ${trial.folder}`, { mediaType: 'text/plain', fileName: 'project' })
    return
  }
  trial[Symbol.dispose]()
  if (trial.failedUnnoticed)
    throw notMet(
      'The command',
      'to end well, or a word about its exit code',
      `exit code ${trial.ended.exitCode}`,
      trial.ended.output,
    )
})
