/** The whole run on one page: the verdict first, then what did not hold, then everything. No scripts, nothing from elsewhere. */
import { formatDuration, milliseconds } from '../../core/duration.ts'
import { SIGNS } from '../outcome-symbols.ts'
import type { Report, ReportFormat, Transcript } from '../report.ts'
import { type FeatureResult, type ScenarioResult, titleOf, type UnreadableFeature } from '../results/result-types.ts'
import { facts } from './facts.ts'
import { html, type Markup } from './markup.ts'
import { scenario, scenarioAnchor } from './scenario.ts'
import { STYLE } from './style.ts'

/** Nothing on this page may run or be fetched, whatever somebody's journal contains. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

export const htmlReport: ReportFormat = {
  file: 'report.html',
  help: 'one page to read, without scripts and without the network',
  audience: 'people',
  render: renderHtml,
}

export function renderHtml(report: Report): string {
  const { results, verdict, run } = report
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
<main>
${head(report)}
${troubles(report)}
${results.unreadable.map(unreadable)}
${results.features.map(feature)}
${report.transcripts.length > 0 && html`<section><h2>Consoles</h2>${report.transcripts.map(transcript)}</section>`}
${facts(report)}
</main>
<footer>nixcumber ${run.tool.version} · ${day(run.start)} · nothing on this page is fetched from elsewhere</footer>
</body>
</html>`.text
  }\n`
}

function head({ verdict, run, results }: Report): Markup {
  const took = run.end === undefined ? undefined : Date.parse(run.end) - Date.parse(run.start)
  return html`<header class="verdict ${TONE[verdict.word]}">
<p class="word">${verdict.word}<span>${verdict.restriction}</span></p>
<p class="summary">${verdict.summary}</p>
<p class="when">${day(run.start)}${took !== undefined && html` · ${formatDuration(milliseconds(took))}`} · nixcumber ${run.command.join(' ')}</p>
${counts(results.scenarios)}
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

/** A bar as wide as the page, each scenario a part of it in the order of running. */
function counts(scenarios: readonly ScenarioResult[]): Markup | false {
  return (
    scenarios.length > 0 &&
    html`<div class="bar">${scenarios.map(each => html`<a class="${each.outcome}" href="#${scenarioAnchor(each)}" title="${titleOf(each)}"></a>`)}</div>`
  )
}

/** In the order in which a reader wants to know. */
const TROUBLE = ['failed', 'error', 'refused', 'unfinished'] as const

function troubles({ results }: Report): Markup | false {
  const bad = TROUBLE.flatMap(kind => results.scenarios.filter(({ outcome }) => outcome === kind))
  return bad.length > 0 && html`<nav><h2>What needs a look</h2><ol>${bad.map(trouble)}</ol></nav>`
}

const trouble = (each: ScenarioResult): Markup => {
  const step = each.steps.find(({ outcome }) => outcome === each.outcome && outcome !== 'unfinished')
  const reason =
    each.reason ?? step?.error?.message.split('\n')[0] ?? (step && `No step has the sentence: ${step.text}`)
  return html`<li><a href="#${scenarioAnchor(each)}"><span class="sign ${each.outcome}">${SIGNS[each.outcome].sign}</span> ${titleOf(each)}</a>
<span class="reason">${reason}</span></li>`
}

function unreadable({ uri, message }: UnreadableFeature): Markup {
  return html`<section><h2>${uri} is not readable</h2><pre class="message refused">${message}</pre></section>`
}

function feature({ name, uri, description, scenarios }: FeatureResult): Markup {
  const rules = [...new Set(scenarios.map(({ rule }) => rule))]
  return html`<section>
<h2>${name} <small>${uri}</small></h2>
${description !== '' && html`<p class="description">${unindented(description)}</p>`}
${rules.map(
  rule => html`${rule !== undefined && html`<h3>${rule}</h3>`}
${scenarios.filter(each => each.rule === rule).map(scenario)}`,
)}
</section>`
}

const unindented = (text: string): string => text.replaceAll(/^[ \t]+/gm, '')

function transcript({ path, text, bytes }: Transcript): Markup {
  const size = bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KiB`
  return html`<details class="console"><summary>${path} <small>${size}</small></summary>
<p><a href="${encodeURI(path)}">the whole file</a>, beside this page</p><pre>${text.replaceAll('\r', '')}</pre></details>`
}

const day = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
