/** A page of the documentation, as far as its statements can be checked. Pure, but for reading it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')

export interface Page {
  /** From the repository's root: `docs/machines.md`. */
  readonly file: string
  readonly text: string
  /** Fenced code. */
  readonly blocks: readonly Block[]
  /** What stands in backticks outside of fenced code. */
  readonly inline: readonly string[]
  readonly links: readonly string[]
  /** As GitHub makes them of headings. */
  readonly anchors: readonly string[]
}

export interface Block {
  /** `docs/machines.md:12`, the line after the fence. */
  readonly place: string
  /** After the fence: `sh`. */
  readonly language: string
  readonly code: string
  /** `<!-- from FILE -->` in the line before: the code is an excerpt of that file. */
  readonly source?: string
}

const FENCE = /(?:^<!-- from (?<source>\S+) -->\n)?^```(?<language>\w*)\n(?<code>[\s\S]*?)^```$/gm

export function readPage(file: string): Page {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const prose = text.replaceAll(FENCE, '')
  return {
    file,
    text,
    blocks: [...text.matchAll(FENCE)].map(found => blockOf(file, text, found)),
    inline: [...prose.matchAll(/`` (.+?) ``|`([^`\n]+)`/g)].map(([, quoted, plain = '']) => quoted ?? plain),
    links: [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target),
    anchors: anchorsOf(prose),
  }
}

function blockOf(file: string, text: string, { index, groups = {} }: RegExpMatchArray): Block {
  const { source, language = '', code = '' } = groups
  const line = text.slice(0, index).split('\n').length + (source === undefined ? 1 : 2)
  return { place: `${file}:${line}`, language, code, ...(source === undefined ? {} : { source }) }
}

function anchorsOf(prose: string): string[] {
  const seen = new Map<string, number>()
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(anchor) ?? 0
    seen.set(anchor, times + 1)
    return times === 0 ? anchor : `${anchor}-${times}`
  })
}

const inRoot = readdirSync(ROOT).filter(name => name.endsWith('.md'))
const inDocs = readdirSync(join(ROOT, 'docs')).map(name => `docs/${name}`)

/** README and its like, and all of docs. */
export const pages: readonly Page[] = [...inRoot, ...inDocs].sort().map(readPage)
