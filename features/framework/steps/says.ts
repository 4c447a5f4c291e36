/** What a call of nixcumber said, and what it left in the project. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type DataTable, Then } from 'nixcumber'
import { notMet } from './not-met.ts'
import { trialOf } from './trial.ts'

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
