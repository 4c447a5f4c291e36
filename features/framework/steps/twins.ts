/** The failing twins: what a user reads when a promise does not hold. */
import { type DataTable, ExpectationNotMet, type NixWorld, Then } from 'nixcumber'
import { trialOf } from './trial.ts'

Then('it says of each scenario:', function (this: NixWorld, table: DataTable) {
  const said = messages(trialOf(this).read('out/junit.xml'))
  const wanted = new Map(table.rows().map(([scenario = '', words = '']) => [scenario, words]))
  const unexamined = [...said.keys()].filter(name => !wanted.has(name))
  const other = [...wanted].filter(([name, words]) => !said.get(name)?.includes(words))
  if (unexamined.length + other.length === 0) return
  const observed = other.map(([name]) => `${name}: ${said.get(name) ?? 'it holds, or is not there'}`)
  throw new ExpectationNotMet(
    [
      'The words of the failures are other ones',
      ...other.map(([name, words], i) => `\n  Expected   ${name}: ${words}\n  Observed   ${observed[i]}`),
      ...unexamined.map(name => `\n  Unexamined ${name}: ${said.get(name)}`),
    ].join('\n'),
  )
})

/** First line of each failure or error, by scenario. */
function messages(junit: string): Map<string, string> {
  const cases = junit.matchAll(/<testcase name="([^"]*)"[^>]*[^/]>\s*<(?:failure|error)[^>]* message="([^"]*)"/g)
  return new Map([...cases].map(([, name = '', message = '']) => [plain(name), plain(message)]))
}

const plain = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
