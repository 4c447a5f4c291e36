/** The pages that are made from the program: what they list is what there is. */
import { abbreviated, LEGEND } from '../../support/cli/commands/steps.ts'
import { COMMANDS, type CommandRecord } from '../../support/cli/registry.ts'
import type { Sentence } from '../../support/cucumber/catalogue.ts'
import { REPORTS } from '../../support/report/formats.ts'

const MADE = '<!-- Made from the program by .ci/docs/generated.ts; UPDATE_GOLDEN=1 npm run check makes it anew. -->'

const INTRODUCTION = `Every sentence there is, by the file in \`steps/\` that holds it, with examples from the features of this
repository. What stands in \`[…]\` may be left out; \`<a | b>\` is one of those words. How sentences are put together and how they wait:
[Features](features.md). One that does not say that it *changes*, *restarts* or *destroys* only looks at the machine.
\`npx nixcumber steps\` prints the same list, with the sentences of your own project.`

export function sentencesPage(sentences: readonly Sentence[]): string {
  const domains = [...new Set(sentences.map(({ domain }) => domain))]
  const contents = domains.map(domain => `[${domain}](#${domain})`).join(' · ')
  const parts = domains.map(domain =>
    domainSection(
      domain,
      sentences.filter(each => each.domain === domain),
    ),
  )
  return page(['# Sentences', INTRODUCTION, prose(LEGEND), contents, ...parts])
}

function domainSection(domain: string, sentences: readonly Sentence[]): string {
  const rows = sentences.map(({ keyword, sentence, effect }) => [
    code(`${keyword} ${abbreviated(sentence)}`),
    effect === 'reads' ? '' : effect,
  ])
  const examples = sentences.filter(isTelling).map(({ keyword, example }) => `${keyword} ${example}`)
  const block = examples.length > 0 ? [['```gherkin', ...examples, '```'].join('\n')] : []
  return [`## ${domain}`, table(['sentence', 'does'], rows), ...block].join('\n\n')
}

/** An example that no feature has was made up: with holes in it, or without the table or text that it needs, it shows nothing. */
const isTelling = ({ sentence, example }: Sentence): boolean => example !== sentence && !/…|:$/.test(example)

export const commandLinePage = (): string =>
  page([
    '# Command line',
    'Settings of the same names can stand in the [configuration](configuration.md); the command line wins.',
    ...Object.entries(COMMANDS).map(commandSection),
    '## Reports',
    'What a run writes beside its [records](records-and-compare.md#what-a-run-leaves):',
    table(
      ['file', 'is'],
      REPORTS.map(({ file, help }) => [code(file), prose(help)]),
    ),
  ])

function commandSection([name, { usage, help, options }]: readonly [string, CommandRecord]): string {
  const words = ['nixcumber', name, ...(options.length > 0 ? ['[options]'] : []), ...(usage ? [usage] : [])]
  const rows = options.map(({ flags, help: meaning, planned }) => [
    code(flags),
    `${prose(meaning)}${planned ? '. Planned: today it refuses, with exit code 2' : ''}`,
  ])
  return [
    `## ${name}`,
    `\`${words.join(' ')}\``,
    `${capital(prose(help))}.`,
    ...(rows.length > 0 ? [table(['option', 'meaning'], rows)] : []),
  ].join('\n\n')
}

export const page = (parts: readonly string[]): string => `${[MADE, ...parts].join('\n\n')}\n`

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')

/** In a table a bar ends the cell, in code too. */
export const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``

/** What Markdown would take for a tag or for emphasis, but for what stands in backticks. */
const prose = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('*', '\\*')))
    .join('')
    .replaceAll('|', '\\|')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
