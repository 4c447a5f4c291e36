import type { Report, Transcript } from '../report.ts'
import { fileLink } from './evidence-links.ts'
import { html, type Markup } from './markup.ts'

/** So much of all consoles together is on the page; of the rest there are links. */
const SHOWN_CHARACTERS = 2 * 1024 * 1024

/** Consoles to be read here, and the other files that a run has kept. */
export function consoles({ transcripts, evidence }: Report): Markup | false {
  let room = SHOWN_CHARACTERS
  const shown = transcripts.filter(({ text }) => {
    if (text.length > room) return false
    room -= text.length
    return true
  })
  const rest = evidence.filter(path => !shown.some(each => each.path === path))
  return (
    (shown.length > 0 || rest.length > 0) &&
    html`<section id="evidence"><h2>Evidence</h2>${shown.map(transcript)}
${rest.length > 0 && html`<ul class="files">${rest.map(path => html`<li>${fileLink(path)}</li>`)}</ul>`}</section>`
  )
}

function transcript({ path, text, bytes }: Transcript): Markup {
  const size = bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KiB`
  const part = bytes > Buffer.byteLength(text) ? 'The end of it; the whole file' : 'The file'
  return html`<details class="console"><summary>${path} <small>${size}</small></summary>
<p>${part}: ${fileLink(path)}</p>${output(path, text)}</details>`
}

/** What a machine printed. It may be long: it scrolls in itself, by keyboard too. */
export const output = (title: string, text: string): Markup =>
  html`<pre tabindex="0" role="group" aria-label="${title}">${text.replaceAll('\r', '')}</pre>`
