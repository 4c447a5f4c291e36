/** Text that is HTML already. Everything else is taken for hostile and escaped where it is put in. */
import { stripVTControlCharacters } from 'node:util'
import { escapeXml } from '../xml.ts'

/** The policy of every page (Content Security Policy): nothing on it may run or be fetched, whatever a machine's journal contains. */
export const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Hole = string | number | Markup | readonly Markup[] | undefined | false

export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  return new Markup(parts.reduce((text, part, i) => text + part + (i < holes.length ? put(holes[i]) : ''), ''))
}

function put(hole: Hole): string {
  if (hole === undefined || hole === false) return ''
  if (hole instanceof Markup) return hole.text
  if (typeof hole === 'object') return hole.map(({ text }) => text).join('\n')
  return escapeXml(stripVTControlCharacters(String(hole)))
}
