/** What did not hold, the worst first, each cause once however many scenarios it has. */
import { plural } from '../../core/text.ts'
import { type ScenarioResult, titleOf } from '../results/result-types.ts'
import type { Results } from '../results/results.ts'
import { html, type Markup } from './markup.ts'
import { sign } from './sign.ts'

type Anchors = ReadonlyMap<ScenarioResult, string>

/** In the order in which a reader wants to know. */
const TROUBLE = ['failed', 'error', 'refused', 'unfinished'] as const

export const isTrouble = ({ outcome }: ScenarioResult): boolean => TROUBLE.some(each => each === outcome)

export function troubles({ scenarios }: Results, anchors: Anchors): Markup | false {
  const bad = TROUBLE.flatMap(kind => scenarios.filter(({ outcome }) => outcome === kind))
  return (
    bad.length > 0 &&
    html`<nav aria-labelledby="trouble"><h2 id="trouble">What needs a look</h2>
<ol>${grouped(bad).map(group => trouble(group, anchors))}</ol></nav>`
  )
}

type Group = readonly [ScenarioResult, ...ScenarioResult[]]

/** Those of one message together, in the place of the first. Hosts of a role differ in their names only. */
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
  const more = `${plural(others.length, 'more scenario')} for the same reason`
  return html`<li>${link(first, anchors)} <small>${first.uri}:${first.line}</small>
<span class="reason">${reasonOf(first)}</span>
${others.length > 0 && html`<details class="more"><summary>${more}</summary><ul>${others.map(each => html`<li>${link(each, anchors)}</li>`)}</ul></details>`}</li>`
}

const link = (each: ScenarioResult, anchors: Anchors): Markup =>
  html`<a href="#${anchors.get(each)}">${sign(each)} ${titleOf(each)}</a>`

function reasonOf({ steps, outcome, reason }: ScenarioResult): string | undefined {
  if (reason !== undefined) return reason
  const step = steps.find(each => each.outcome === outcome && outcome !== 'unfinished')
  return step && (step.error?.message.split('\n')[0] ?? `No step has the sentence: ${step.text}`)
}
