/** Labelled, aligned rows in the given order; empty ones vanish. Each starts with two spaces, after one blank line. */
export function rows(labelled: Readonly<Record<string, string | undefined>>): string {
  const filled = Object.entries(labelled).filter((row): row is [string, string] => (row[1] ?? '') !== '')
  if (filled.length === 0) return ''
  const width = Math.max(10, ...filled.map(([label]) => label.length + 1))
  const lines = filled.map(([label, text]) => `  ${label.padEnd(width)} ${hang(text, width + 3)}`)
  return `\n${lines.join('\n')}\n`
}

const hang = (text: string, by: number): string => text.split('\n').join(`\n${' '.repeat(by)}`)

export const indent = (text: string, by = 2): string => text.replace(/^(?=.)/gm, ' '.repeat(by))

/** The last lines of a long text; says how many were left out. */
export function tail(text: string, count: number): string {
  const lines = text.trimEnd().split('\n')
  if (lines.length <= count) return lines.join('\n')
  return [`… ${lines.length - count} lines before`, ...lines.slice(-count)].join('\n')
}

/** The lines of a long text around the first one with these words: two thirds of what led there, one of what followed. */
export function around(text: string, words: string, count: number): string {
  const lines = text.trimEnd().split('\n')
  const at = lines.findIndex(line => line.includes(words))
  const end = at + Math.ceil(count / 3)
  if (at === -1 || end >= lines.length) return tail(text, count)
  return [tail(lines.slice(0, end).join('\n'), count), `… ${plural(lines.length - end, 'line')} after`].join('\n')
}

/** The lines of a display that are not blank. */
export const filled = (lines: readonly string[]): string[] => lines.filter(line => line.trim() !== '')

/** Rows of a table as one subject: `these 3 services`. */
export const these = (count: number, one: string): string => (count === 1 ? `this ${one}` : `these ${count} ${one}s`)

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
