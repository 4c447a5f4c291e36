/** One file that needs no network, prints well, and reads in light and dark: what is new first, the rest folded. */
import { plural } from '../../core/text/text.ts'
import { html, type Markup, POLICY } from '../../report/html/markup.ts'
import { STYLE } from '../../report/html/style.ts'
import type { Comparison } from '../comparison.ts'
import { type FactGroup, groupFacts, groupProblems, type ProblemGroup } from '../groups.ts'
import { COMPARISON_STYLE } from './html-style.ts'
import { type List, newsOf, restOf } from './lists.ts'
import * as words from './words.ts'

const TONE = { 0: 'good', 1: 'bad', 3: 'unsure' } as const

export function renderComparison(comparison: Comparison): string {
  const { verdict, newFailures, newErrors, facts } = comparison
  const own = groupFacts(facts.filter(({ expected }) => !expected))
  const expected = groupFacts(facts.filter(each => each.expected))
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${verdict.word}: ${verdict.summary}</title>
<style>${STYLE}${COMPARISON_STYLE}</style>
</head>
<body>
<a class="skip" href="#news">Skip to what is new</a>
<main>
${head(comparison)}
<div id="news">
${problems('New failures', newFailures.length, groupProblems(newFailures))}
${problems('New errors: could not be checked', newErrors.length, groupProblems(newErrors))}
${newsOf(comparison).flatMap(list => lines(list, true) || [])}
</div>
${table('Facts that changed', own, true)}
${table('Differences between QEMU and a live host, as expected', expected, false)}
${restOf(comparison).flatMap(list => lines(list, false) || [])}
</main>
<footer>nixcumber · nothing on this page is fetched from elsewhere</footer>
</body>
</html>`.text
  }\n`
}

function head(comparison: Comparison): Markup {
  const { verdict, base, current, systems } = comparison
  const notes = [words.moved(comparison), ...systems.map(words.system)].filter(each => each !== undefined)
  return html`<header class="verdict ${TONE[verdict.exitCode]}">
<h1 class="word">${verdict.word}</h1>
<p class="summary">${verdict.summary}</p>
<dl class="runs"><dt>Base</dt><dd>${base ? words.run(base) : 'none: no run before was good, so all that is bad counts as new'}</dd>
<dt>Current</dt><dd>${words.run(current)}</dd></dl>
${notes.map(note => html`<p class="caution">${note}</p>`)}
</header>`
}

function problems(title: string, count: number, groups: readonly ProblemGroup[]): Markup | false {
  return groups.length > 0 && html`<section><h2>${title} <small>${count}</small></h2>${groups.map(problem)}</section>`
}

function problem({ first, all, machines }: ProblemGroup): Markup {
  const { outcome, name, feature, step, headline, baseline, observed, near, place, flaky } = first
  const others = [...new Set(all.map(each => each.name))].slice(1)
  return html`<article class="problem ${outcome}">
<h3>${name} ${machines.length > 0 && html`<small>${words.hosts(machines)}</small>`}</h3>
<p class="quiet">${feature} · ${place}</p>
${step !== undefined && html`<p class="step">${step}</p>`}
<p class="headline">${headline}</p>
<div class="sides"><div><b>Before</b><pre>${baseline}</pre></div>${observed !== undefined && html`<div><b>Now</b><pre>${observed}</pre></div>`}</div>
${near.length > 0 && html`<p><b>What changed nearby</b></p><ul>${near.map(each => html`<li>${words.change(each)}</li>`)}</ul>`}
${flaky && html`<p class="quiet">It came and went in the last runs; that excuses nothing.</p>`}
${others.length > 0 && html`<p class="quiet">The same in ${others.join(' · ')}</p>`}
</article>`
}

function lines({ title, items }: List, open: boolean): Markup | false {
  const shown = items.map(({ text, more }) =>
    more === undefined ? html`<li>${text}</li>` : html`<li>${text}<br><small>${more}</small></li>`,
  )
  return items.length > 0 && folded(title, items.length, html`<ul class="lines">${shown}</ul>`, open)
}

function table(title: string, groups: readonly FactGroup[], open: boolean): Markup | false {
  return (
    groups.length > 0 &&
    folded(
      title,
      groups.length,
      html`<table class="changes"><thead><tr><th scope="col">What</th><th scope="col">Before</th><th scope="col">Now</th><th scope="col">Where</th></tr></thead>
<tbody>${groups.map(({ change, machines }) => html`<tr><td><small>${change.section}</small> ${change.key}</td><td>${change.before ?? '–'}</td><td>${change.after ?? '–'}</td><td>${where(machines)}</td></tr>`)}</tbody></table>`,
      open,
    )
  )
}

const where = (machines: readonly string[]): string =>
  machines.length > 6 ? plural(machines.length, 'machine') : machines.join(', ')

const folded = (title: string, count: number, body: Markup, open: boolean): Markup =>
  open
    ? html`<section><h2>${title} <small>${count}</small></h2>${body}</section>`
    : html`<section><details><summary><h2>${title} <small>${count}</small></h2></summary>${body}</details></section>`
