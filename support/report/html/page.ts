/** The whole run on one page: the verdict first, then what did not hold, then everything. No scripts, nothing from elsewhere. */
import { formatDuration, milliseconds } from '../../core/time/duration.ts'
import type { Report, ReportFormat } from '../report.ts'
import { ORDER } from '../results/outcome.ts'
import type { FeatureResult, ScenarioResult } from '../results/result-types.ts'
import { anchorsOf } from './anchors.ts'
import { consoles } from './consoles.ts'
import { EvidenceLinks } from './evidence-links.ts'
import { facts } from './facts.ts'
import { html, type Markup, POLICY } from './markup.ts'
import { type Surroundings, scenario } from './scenario.ts'
import { STYLE } from './style.ts'
import { troubles, unreadableFeature } from './troubles.ts'

export const htmlReport: ReportFormat = {
  file: 'report.html',
  help: 'one page to read, without scripts and without the network',
  audience: 'people',
  render: renderHtml,
}

export function renderHtml(report: Report): string {
  const { results, verdict, run, folder, evidence } = report
  const { scenarios, features, unreadable } = results
  const surroundings = { anchors: anchorsOf(scenarios), links: new EvidenceLinks(folder, evidence) }
  const trouble = troubles(results, surroundings.anchors)
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${verdict.word}  ${verdict.summary}</title>
<style>${STYLE}</style>
</head>
<body>
${skip(trouble !== false)}
<main>
${head(report)}
${trouble}
${unreadable.map(unreadableFeature)}
<div id="scenarios">${features.map(each => feature(each, surroundings))}</div>
${consoles(report)}
${facts(report)}
</main>
<footer>nixcumber ${run.tool.version} · ${day(run.start)} · nothing on this page is fetched from elsewhere</footer>
</body>
</html>`.text
  }\n`
}

const skip = (isTrouble: boolean): Markup =>
  isTrouble
    ? html`<a class="skip" href="#trouble">Skip to what needs a look</a>`
    : html`<a class="skip" href="#scenarios">Skip to the scenarios</a>`

function head({ verdict, run, results }: Report): Markup {
  const took = run.end === undefined ? undefined : Date.parse(run.end) - Date.parse(run.start)
  return html`<header class="verdict ${TONE[verdict.word]}">
<h1 class="word">${verdict.word}${verdict.restriction !== '' && html`<span>${verdict.restriction}</span>`}</h1>
<p class="summary">${verdict.summary}</p>
<p class="when">${day(run.start)}${took !== undefined && html` · ${formatDuration(milliseconds(took))}`} · nixcumber ${run.command.join(' ')}</p>
${bar(results.scenarios)}
${run.inputs === 'offline' && html`<p class="caution"><b>Offline inputs.</b> Look-alikes made of Debian packages stood in for nixpkgs and its companions. This run is a rehearsal: it is no GO for a real machine.</p>`}
</header>`
}

const TONE = {
  GO: 'good',
  'STEPS KNOWN': 'good',
  'NO-GO': 'bad',
  'COULD NOT CHECK': 'unsure',
  REFUSED: 'unsure',
  STOPPED: 'unsure',
  'NOTHING TO DO': 'unsure',
} as const

/** How much of the whole each outcome is, as wide as the page however many scenarios there are; the words beside it say the numbers. */
function bar(scenarios: readonly ScenarioResult[]): Markup | false {
  const counts = ORDER.map(outcome => [outcome, scenarios.filter(each => each.outcome === outcome).length] as const)
  const parts = counts.filter(([, count]) => count > 0)
  return (
    parts.length > 0 &&
    html`<div class="bar" aria-hidden="true">${parts.map(([outcome, count]) => html`<i class="${outcome}" style="flex-grow: ${count}"></i>`)}</div>`
  )
}

function feature({ name, uri, description, scenarios }: FeatureResult, surroundings: Surroundings): Markup {
  const rules = [...new Set(scenarios.map(({ rule }) => rule))]
  return html`<section>
<h2>${name} <small>${uri}</small></h2>
${description !== '' && html`<p class="description">${unindented(description)}</p>`}
${rules.map(
  rule => html`${rule !== undefined && html`<h3>${rule}</h3>`}
${scenarios.filter(each => each.rule === rule).map(each => scenario(each, surroundings))}`,
)}
</section>`
}

const unindented = (text: string): string => text.replaceAll(/^[ \t]+/gm, '')

const day = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
