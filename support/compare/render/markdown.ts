/** For a mail or a pull request. Whatever a feature or a machine says is text, never markup. */
import type { Comparison } from '../comparison.ts'
import { groupFacts, groupProblems, type ProblemGroup } from '../groups.ts'
import { cleaned } from './clean.ts'
import * as words from './words.ts'

export function renderMarkdown(hostile: Comparison): string {
  const comparison = cleaned(hostile)
  const { verdict, base, current, systems, facts } = comparison
  const notes = [words.moved(comparison), ...systems.map(words.system)].filter(each => each !== undefined)
  const parts = [
    `# ${verdict.word}: ${verdict.summary}`,
    [
      `Base: ${base ? plain(words.run(base)) : 'none'}  `,
      `Current: ${plain(words.run(current))}`,
      ...notes.map(each => `\n${plain(each)}`),
    ].join('\n'),
    list('New failures', groupProblems(comparison.newFailures).map(problem)),
    list('New errors: could not be checked', groupProblems(comparison.newErrors).map(problem)),
    list('Still failing', groupProblems(comparison.stillFailing).map(old)),
    list(
      'Fixed',
      comparison.fixed.map(({ scenario }) => plain(scenario)),
    ),
    list(
      'Comes and goes',
      comparison.flaky.map(each => plain(words.flaky(each))),
    ),
    list(
      'Waived',
      comparison.waived.map(each => plain(words.waiver(each))),
    ),
    list(
      'Facts that changed',
      groupFacts(facts.filter(({ expected }) => !expected)).map(({ change, machines }) =>
        plain(`${words.change(change)}  ${words.hosts(machines)}`),
      ),
    ),
    list(
      'Slower',
      comparison.slower.map(each => plain(words.slower(each))),
    ),
    list('Added', comparison.added.map(plain)),
    list('Removed', comparison.removed.map(plain)),
    list(
      'Renamed',
      comparison.renamed.map(({ from, to }) => plain(`${from} is now ${to}`)),
    ),
    list(
      'Not comparable',
      comparison.notComparable.map(({ scenario, reason }) => plain(`${scenario}: ${reason}`)),
    ),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

const list = (title: string, items: readonly string[]): string =>
  items.length === 0 ? '' : `## ${title}\n\n${items.map(item => `- ${item.replaceAll('\n', '\n  ')}`).join('\n')}`

function problem({ first, machines }: ProblemGroup): string {
  const { name, step = '', headline, baseline, observed = '', near, place } = first
  const table = [
    `before: ${baseline}`,
    ...(observed === '' ? [] : [`now:    ${observed}`]),
    ...near.map(each => `near:   ${words.change(each)}`),
  ]
  return `**${plain(name)}** ${plain(words.hosts(machines))} (${plain(place)})\n${plain(step)}\n${fenced([headline, ...table].join('\n'))}`
}

const old = ({ first, machines }: ProblemGroup): string =>
  plain(`${first.name} ${words.hosts(machines)}, ${words.age(first)}: ${first.headline}`)

/** Every character that may mean something to a reader of Markdown stands for itself. */
const plain = (text: string): string =>
  text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|~&@!]/g, character => `\\${character}`)

/** A fence longer than any that stands in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text}\n${fence}`
}
