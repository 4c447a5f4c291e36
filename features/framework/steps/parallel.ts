/** Several workers, and several runs put together. */
import { readdirSync, readFileSync, readlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import {
  EnvironmentBroken,
  ExpectationNotMet,
  Given,
  milliseconds,
  type NixWorld,
  reads,
  seconds,
  Then,
  When,
} from 'nixcumber'
import { type Trial, trialOf } from './trial.ts'

When(
  'nixcumber is called with {string} and is killed once it says {string}',
  reads(async function (this: NixWorld, words: string, said: string) {
    const trial = trialOf(this)
    await trial.interrupt(words, said, ['SIGKILL'])
    trial.expected = true
  }),
)

Given(
  'the last line of {string} of the project is cut in half',
  reads(function (this: NixWorld, file: string) {
    const trial = trialOf(this)
    truncateSync(join(trial.folder, file), trial.read(file).trimEnd().lastIndexOf('\n') + 20)
  }),
)

Given(
  'line {int} of {string} of the project is {string}',
  reads(function (this: NixWorld, line: number, file: string, text: string) {
    const lines = trialOf(this).read(file).split('\n')
    trialOf(this).write(
      file,
      lines
        .with(line - 1, text)
        .join('\n')
        .trimEnd(),
    )
  }),
)

Given(
  'the messages of {string} are gone from {string} of the project',
  reads(function (this: NixWorld, name: string, file: string) {
    const lines = trialOf(this).read(file).trimEnd().split('\n')
    const messages = lines.map(line => JSON.parse(line) as { pickle?: { id: string; name: string } })
    const id = messages.find(({ pickle }) => pickle?.name === name)?.pickle?.id
    trialOf(this).write(file, lines.filter(line => !line.includes(`"pickleId":"${id}"`)).join('\n'))
  }),
)

Then('no worker of it is left', async function (this: NixWorld) {
  const { folder } = trialOf(this)
  const { clock } = this.context
  const end = clock.now() + seconds(10).ms
  while (workersIn(folder).length > 0 && clock.now() < end) await clock.wait(milliseconds(50))
  const left = workersIn(folder)
  if (left.length > 0) throw new ExpectationNotMet(`Workers are left: ${left.join(', ')}`)
})

Then('the reports in {string} and {string} tell the same', function (this: NixWorld, one: string, other: string) {
  same(trialOf(this), one, other, timeless)
})

Then(
  'the reports in {string} and {string} tell the same but for their notes',
  function (this: NixWorld, one: string, other: string) {
    same(trialOf(this), one, other, text => timeless(text).replace(/<h3>Notes<\/h3><ul>.*?<\/ul>/s, ''))
  },
)

function same(trial: Trial, one: string, other: string, plain: (text: string) => string): void {
  for (const name of ['junit.xml', 'report.html']) {
    const [a, b] = [one, other].map(folder => plain(trial.read(`${folder}/${name}`)).split('\n'))
    if (!a || !b) throw new EnvironmentBroken('Nothing to compare')
    const at = a.findIndex((line, i) => line !== b[i])
    if (at >= 0 || a.length !== b.length)
      throw new ExpectationNotMet(`${name} differs\n\n  Expected   ${b[at]}\n  Observed   ${a[at]}`)
  }
}

/** Without what differs from run to run: times, ids, folders, and the command. */
const timeless = (text: string): string =>
  text
    .replaceAll(/ time="[\d.]+"| timestamp="[^"]+"/g, '')
    .replaceAll(/<time>[^<]*<\/time>/g, '')
    .replaceAll(/\b\d+(\.\d+)? (ms|s)\b/g, 'TIME')
    .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+( UTC|Z)?/g, 'MOMENT')
    .replaceAll(/nixcumber (run|merge) [^<]*/g, 'COMMAND')
    .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'ID')

const workersIn = (folder: string): string[] =>
  readdirSync('/proc').filter(id => /^\d+$/.test(id) && isWorker(id, folder))

function isWorker(id: string, folder: string): boolean {
  try {
    return (
      readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('bin/worker.js') &&
      readlinkSync(`/proc/${id}/cwd`) === folder
    )
  } catch {
    return false
  }
}

/** In the module that the suite's hosts have in common; only as machines do they have this option. */
const memoryModule = (mebibytes: number): string => `{
  flake.modules.nixos.small = { lib, options, ... }: {
    virtualisation = lib.optionalAttrs (options.virtualisation ? memorySize) { memorySize = lib.mkForce ${mebibytes}; };
  };
}
`

Given(
  'machines in it that take {int} % of the free memory each',
  reads(function (this: NixWorld, percent: number) {
    // MemAvailable, proc(5), in KiB.
    const [, free = '0'] = /^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8')) ?? []
    trialOf(this).write('modules/memory.nix', memoryModule(Math.floor((Number(free) / 1024) * (percent / 100))))
  }),
)
