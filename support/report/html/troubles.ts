/** What did not hold, the worst first, each cause once however many scenarios it has. */
import { isFlaky, type ScenarioResult, titleOf, type UnreadableFeature } from '../results/result-types.ts'
import type { Results } from '../results/results.ts'
import { html, type Markup } from './markup.ts'
import { sign } from './sign.ts'

type Anchors = ReadonlyMap<ScenarioResult, string>

/** In the order in which a reader wants to know. */
const TROUBLE = ['failed', 'error', 'refused', 'unfinished'] as const

/** Nothing when all is well. */
export function troubles({ scenarios, unreadable }: Results, anchors: Anchors): Markup | false {
  const bad = [
    ...TROUBLE.flatMap(kind => scenarios.filter(({ outcome }) => outcome === kind)),
    ...scenarios.filter(isFlaky),
  ]
  const items = [...unreadable.map(unreadableItem), ...grouped(bad).map(group => trouble(group, anchors))]
  return (
    items.length > 0 &&
    html`<nav aria-labelledby="trouble"><h2 id="trouble">What needs a look</h2>
<ol>${items}</ol></nav>`
  )
}

const REFUSED = { outcome: 'refused' } as const

const unreadableItem = ({ uri, message }: UnreadableFeature, at: number): Markup =>
  html`<li><a href="#unreadable-${at + 1}">${sign(REFUSED)} ${uri} is not readable</a>
<span class="reason">${message.trim().split('\n')[0]}</span></li>`

/** What it says stands here in full. */
export const unreadableFeature = ({ uri, message }: UnreadableFeature, at: number): Markup =>
  html`<section id="unreadable-${at + 1}"><h2>${uri} is not readable</h2><pre class="message refused">${message}</pre></section>`

type Group = readonly [ScenarioResult, ...ScenarioResult[]]

/** Those whose messages begin alike together, in the place of the first. Hosts of a role differ in their names only. */
function grouped(scenarios: readonly ScenarioResult[]): readonly Group[] {
  const groups = new Map<string, [ScenarioResult, ...ScenarioResult[]]>()
  for (const each of scenarios) {
    const said = reasonOf(each) ?? each.key
    const cause = `${each.outcome}\n${each.machine === undefined ? said : said.replaceAll(each.machine, '')}`
    const group = groups.get(cause)
    if (group) group.push(each)
    else groups.set(cause, [each])
  }
  return [...groups.values()]
}

function trouble([first, ...others]: Group, anchors: Anchors): Markup {
  const more = others.length === 1 ? '1 more scenario says the same' : `${others.length} more scenarios say the same`
  return html`<li>${link(first, anchors)} <small>${first.uri}:${first.line}</small>
<span class="reason">${reasonOf(first)}</span>
${others.length > 0 && html`<details class="more"><summary>${more}</summary><ul>${others.map(each => html`<li>${link(each, anchors)}</li>`)}</ul></details>`}</li>`
}

const link = (each: ScenarioResult, anchors: Anchors): Markup =>
  html`<a href="#${anchors.get(each)}">${sign(each)} ${titleOf(each)}</a>`

function reasonOf({ steps, outcome, earlier, reason }: ScenarioResult): string | undefined {
  if (reason !== undefined) return reason
  if (outcome === 'held') return `flaky: ${earlier[0]?.message.split('\n')[0]}`
  const step = steps.find(each => each.outcome === outcome && outcome !== 'unfinished')
  return step && (step.error?.message.split('\n')[0] ?? `No step has the sentence: ${step.text}`)
}
