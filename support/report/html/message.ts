import { messageParts } from '../message-rows.ts'
import type { Outcome } from '../results/outcome.ts'
import type { EvidenceLinks } from './evidence-links.ts'
import { html, type Markup } from './markup.ts'

/** What was said about a step that did not hold: its first line stands out, its rows stay readable on a narrow screen. */
export function message(text: string, outcome: Outcome, links: EvidenceLinks): Markup {
  const { headline, rows, rest } = messageParts(text)
  return html`<div class="message ${outcome}"><p>${links.linked(headline)}</p>
${rows.length > 0 && html`<dl>${rows.map(({ label, text }) => html`<dt>${label}</dt><dd>${links.linked(text)}</dd>`)}</dl>`}
${rest.trim() !== '' && html`<pre>${links.linked(rest)}</pre>`}</div>`
}
