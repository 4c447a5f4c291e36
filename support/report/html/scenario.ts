import { formatDuration, milliseconds } from '../../core/time/duration.ts'
import { explanation } from '../explanation.ts'
import { type Evidence, isFlaky, type ScenarioResult, type StepResult } from '../results/result-types.ts'
import { output } from './consoles.ts'
import type { EvidenceLinks } from './evidence-links.ts'
import { html, type Markup } from './markup.ts'
import { message } from './message.ts'
import { sign } from './sign.ts'

export interface Surroundings {
  readonly anchors: ReadonlyMap<ScenarioResult, string>
  readonly links: EvidenceLinks
}

/** Open when there is something to read. */
export function scenario(each: ScenarioResult, { anchors, links }: Surroundings): Markup {
  const { name, machine, outcome, tags, attempts, earlier, steps, reason } = each
  const isQuiet = (outcome === 'held' && !isFlaky(each)) || outcome === 'skipped'
  const open = isQuiet ? '' : ' open'
  const shown = steps.filter(step => !step.hook || step.error || step.attachments.length > 0)
  return html`<details class="scenario" id="${anchors.get(each)}"${open}>
<summary>${sign(each)} <span class="name">${name}</span>${machine !== undefined && html`<span class="machine">${machine}</span>`}${tags.map(tag => html`<span class="tag">${tag}</span>`)}${attempts > 1 && html`<span class="tag">attempt ${attempts}</span>`}${isFlaky(each) && html`<span class="tag flaky">flaky</span>`}<time>${took(each)}</time></summary>
${reason !== undefined && html`<p class="description">${links.linked(reason)}</p>`}${earlier.map(({ outcome: then, said }, at) => html`<p class="description">Attempt ${at + 1}</p>${message(said, then, links)}`)}
${shown.length > 0 && html`<ol class="steps">${shown.map(step => one(step, links))}</ol>`}</details>`
}

function one(step: StepResult, links: EvidenceLinks): Markup {
  const { keyword, text, outcome, docString, table, attachments, hook } = step
  const bad = outcome !== 'held' && outcome !== 'skipped'
  return html`<li class="${outcome}"><div class="step">${sign(step)} <span><b>${keyword}</b>${text}${hook && html` <small>hook</small>`}${seen(step)}</span>${step.milliseconds >= 100 && html`<time>${took(step)}</time>`}</div>${
    docString !== undefined &&
    html`
<pre class="argument">${docString}</pre>`
  }${
    table &&
    html`
<table class="argument">${table.map(row => html`<tr>${row.map(cell => html`<td>${cell}</td>`)}</tr>`)}</table>`
  }${
    bad &&
    html`
${message(explanation(step), outcome, links)}`
  }${attachments.map(evidence)}</li>`
}

const BRIEF = 100

/** Beside what held: what that was, where it says more than the sentence and is short enough to be read in passing. */
function seen({ outcome, text, observation }: StepResult): Markup | false {
  const said = observation?.seen.trimEnd() ?? ''
  const worth =
    outcome === 'held' && said !== '' && said.length <= BRIEF && !said.includes('\n') && !text.includes(said)
  return worth && !observation?.wanted.includes(said) && html` <small class="seen">${said}</small>`
}

function evidence({ name, mediaType, body, encoding }: Evidence): Markup {
  const title = name || mediaType
  if (encoding === 'BASE64' && /^image\/(png|jpeg|gif|webp)$/.test(mediaType) && /^[A-Za-z0-9+/=]+$/.test(body))
    return html`<figure><img alt="${title}" src="data:${mediaType};base64,${body}"><figcaption>${title}</figcaption></figure>`
  const text = encoding === 'BASE64' ? Buffer.from(body, 'base64').toString('utf8') : body
  return html`<details class="console"><summary>${title}</summary>${output(title, text)}</details>`
}

const took = (each: { readonly milliseconds: number }): string => formatDuration(milliseconds(each.milliseconds))
