/** The message of a failure, taken apart again: the inverse of `rows` in core/text.ts, for reports that are no plain text. */
export interface MessageParts {
  /** What stands alone. */
  readonly headline: string
  /** In their order; a text of several lines is aligned as it was, without the indentation of all. */
  readonly rows: readonly { readonly label: string; readonly text: string }[]
  /** What follows the rows, or the headline where there are none. */
  readonly rest: string
}

export function messageParts(message: string): MessageParts {
  const [headline = '', blank, ...lines] = message.split('\n')
  const column = blank === '' ? columnOf(lines[0] ?? '') : undefined
  if (column === undefined)
    return { headline, rows: [], rest: [...(blank === undefined ? [] : [blank]), ...lines].join('\n') }
  const rows: { label: string; text: string }[] = []
  let at = 0
  for (; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const more = line.startsWith(' '.repeat(column)) ? rows.at(-1) : undefined
    if (more) more.text += `\n${line.slice(column)}`
    else if (columnOf(line) === column) rows.push({ label: line.slice(2, column).trim(), text: line.slice(column) })
    else break
  }
  return { headline, rows, rest: lines.slice(at).join('\n').replace(/^\n/, '') }
}

/** Where the text of a row begins; undefined for what is none. */
const columnOf = (line: string): number | undefined =>
  /^ {2}[A-Z][a-zA-Z]*(?: [a-zA-Z]+)* {2,}(?=\S)/.exec(line)?.[0].length
