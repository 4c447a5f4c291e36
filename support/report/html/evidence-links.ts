import { basename } from 'node:path'
import { html, type Markup } from './markup.ts'

const WORD = /[^\s"'<>]+/g
const FOLDER = 'evidence/'
/** What ends a sentence is no part of the path before it. */
const AFTER = '.,;:)]'

/**
 * The paths of evidence as messages name them, absolute or not, with where they begin. Word by word and without going back in one: a
 * machine's line may be a mebibyte long.
 */
function* mentionedIn(text: string): Generator<readonly [path: string, index: number]> {
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const from = word.includes(`/${FOLDER}`) ? 0 : word.indexOf(FOLDER)
    if (from < 0) continue
    let end = word.length
    while (AFTER.includes(word.charAt(end - 1))) end -= 1
    yield [word.slice(from, end), index + from]
  }
}

/**
 * Makes links of the evidence that texts mention: relative ones, so that they hold where the run's folder is moved or sent.
 * Only what is there is linked.
 */
export class EvidenceLinks {
  readonly #folder: string
  readonly #files: ReadonlySet<string>
  /** What merged runs kept, by its path in the folder of its own run. */
  readonly #merged = new Map<string, string[]>()

  /** @param folder the run's, absolute; @param files kept there, by their paths in it */
  constructor(folder: string, files: readonly string[]) {
    this.#folder = folder
    this.#files = new Set(files)
    for (const file of files) {
      const own = /^evidence\/\d+-[^/]+\/(.+)$/.exec(file)?.[1]
      if (own !== undefined) this.#merged.set(own, [...(this.#merged.get(own) ?? []), file])
    }
  }

  /** The text with its links, everything else escaped. */
  linked(text: string): Markup {
    // A folder with blanks in its name ends at none of them.
    const said = text.replaceAll(`${this.#folder}/evidence/`, 'evidence/')
    const parts: Markup[] = []
    let from = 0
    for (const [mentioned, index] of mentionedIn(said)) {
      const file = this.#fileOf(mentioned)
      if (file === undefined) continue
      parts.push(html`${said.slice(from, index)}${fileLink(file)}`)
      from = index + mentioned.length
    }
    return html`${parts.reduce((before, part) => html`${before}${part}`, html``)}${said.slice(from)}`
  }

  /** A path elsewhere may be of another run, whose file of that name is another one. */
  #fileOf(mentioned: string): string | undefined {
    const [before = '', rest = ''] = mentioned.split(/(?:^|\/)evidence\/(.*)/)
    if (before === '') return this.#files.has(mentioned) ? mentioned : undefined
    const run = basename(before)
    const own = (this.#merged.get(rest) ?? []).filter(file => /^evidence\/\d+-([^/]+)\//.exec(file)?.[1] === run)
    return own.length === 1 ? own[0] : undefined
  }
}

/** To a file beside the page, whatever characters its name has. */
export const fileLink = (path: string): Markup =>
  html`<a href="${path.split('/').map(encodeURIComponent).join('/')}">${path}</a>`
