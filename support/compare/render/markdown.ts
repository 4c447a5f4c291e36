/** For a mail or a pull request. Whatever a feature or a machine says is text, never markup. */
import type { Comparison } from '../comparison.ts'
import { groupFacts, groupProblems, type ProblemGroup } from '../groups.ts'
import { cleaned } from './clean.ts'
import { type List, newsOf, restOf } from './lists.ts'
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
    ...newsOf(comparison).map(listed),
    list(
      'Facts that changed',
      groupFacts(facts.filter(({ expected }) => !expected)).map(({ change, machines }) =>
        plain(`${words.change(change)}  ${words.hosts(machines)}`),
      ),
    ),
    ...restOf(comparison).map(listed),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

const list = (title: string, items: readonly string[]): string =>
  items.length === 0 ? '' : `## ${title}\n\n${items.map(item => `- ${item.replaceAll('\n', '\n  ')}`).join('\n')}`

const listed = ({ title, items }: List): string =>
  list(
    title,
    items.map(({ text, more }) => plain(more === undefined ? text : `${text} (${more})`)),
  )

function problem({ first, machines }: ProblemGroup): string {
  const { name, step = '', headline, baseline, observed = '', near, place } = first
  const table = [
    `before: ${baseline}`,
    ...(observed === '' ? [] : [`now:    ${observed}`]),
    ...near.map(each => `near:   ${words.change(each)}`),
  ]
  return `**${plain(name)}** ${plain(words.hosts(machines))} (${plain(place)})\n${plain(step)}\n${fenced([headline, ...table].join('\n'))}`
}

/** Every character that may mean something to a reader of Markdown stands for itself. */
const plain = (text: string): string =>
  text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|~&@!]/g, character => `\\${character}`)

/** A fence longer than any that stands in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text}\n${fence}`
}
