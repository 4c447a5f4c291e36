/** `nixcumber steps`: the sentences that features can use, from the definitions themselves. */

import { styleText } from 'node:util'
import { loadConfig } from '../../config/config.ts'
import { refuse } from '../../core/refusal.ts'
import { indent } from '../../core/text/text.ts'
import { catalogue, type Sentence } from '../../cucumber/catalogue.ts'
import { loadSuite } from '../../cucumber/loading/load-suite.ts'
import { stepFiles } from '../../cucumber/loading/step-files.ts'
import type { Given } from '../registry.ts'

export async function steps({ words, options }: Given): Promise<number> {
  const { projectDir, config } = await loadConfig(process.cwd())
  const { support } = await loadSuite({
    projectDir,
    features: [],
    steps: stepFiles(projectDir, config.steps ?? []),
    selection: { lines: {} },
    names: [],
    dryRun: true,
    failFast: false,
    retry: 0,
  })
  const found = catalogue(support, projectDir).filter(sentence => matches(sentence, words))
  console.log(options.json ? JSON.stringify(found, undefined, 2) : renderCatalogue(found, words))
  return 0
}

const matches = ({ sentence, domain, example }: Sentence, words: readonly string[]): boolean =>
  words.every(word => `${domain} ${sentence} ${example}`.toLowerCase().includes(word.toLowerCase()))

/** @throws UsageError when the words are in no sentence */
export function renderCatalogue(sentences: readonly Sentence[], words: readonly string[] = []): string {
  if (sentences.length === 0)
    throw refuse({
      what: `No sentence contains ${words.map(word => `"${word}"`).join(' and ')}`,
      next: 'nixcumber steps',
    })
  const domains = [...new Set(sentences.map(({ domain }) => domain))]
  const list = domains
    .map(domain =>
      [styleText('bold', domain), ...sentences.filter(each => each.domain === domain).map(render)].join('\n'),
    )
    .join('\n\n')
  return `${list}\n\n${LEGEND}`
}

/** The same end on nearly every line would hide what differs: `…`, which the legend explains. */
export const abbreviated = (sentence: string): string =>
  sentence.replace(' [on "<machine>"] [within <duration> | now]', ' …')

export const LEGEND = `…  may go on: on "<machine>" (needed when several are in play), within <duration> (30 seconds), or now`

function render({ keyword, sentence, effect, example }: Sentence): string {
  const does = effect === 'reads' ? '' : `  (${effect})`
  return [`  ${keyword.padEnd(5)} ${abbreviated(sentence)}${does}`, styleText('dim', indent(example, 8))].join('\n')
}
