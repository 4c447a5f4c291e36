/** One way in which a file could be wrong, as text: what stands there and what would. */
export interface Mutant {
  /** Of one instrumentation: what switches the mutant on. */
  readonly id: string
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly mutator: string
  /** The lines that change, in one line each; for the same code the same text, wherever in its file it stands. */
  readonly before: string
  readonly after: string
  /** The file with this fault in it. */
  readonly text: string
}

interface Position {
  /** From 0. */
  readonly line: number
  readonly column: number
}

export interface Change {
  readonly id: string
  readonly fileName: string
  readonly mutatorName: string
  readonly replacement: string
  readonly location: { readonly start: Position; readonly end: Position }
}

/** Enough to find the place; more is never read. */
const SHOWN = 240

/** @param source of the whole file, as it stands */
export function mutantOf({ id, fileName, mutatorName, replacement, location }: Change, source: string): Mutant {
  const offset = ({ line, column }: Position): number => lineStart(source, line) + column
  const [start, end] = [offset(location.start), offset(location.end)]
  const lines = [lineStart(source, location.start.line), lineStart(source, location.end.line + 1)] as const
  const before = inOneLine(source.slice(...lines))
  const after = inOneLine(source.slice(lines[0], start) + replacement + source.slice(end, lines[1]))
  const isTold = before.slice(0, SHOWN) !== after.slice(0, SHOWN)
  return {
    id,
    file: fileName,
    line: location.start.line + 1,
    mutator: mutatorName,
    before: isTold ? before.slice(0, SHOWN) : before,
    after: isTold ? after.slice(0, SHOWN) : after,
    text: source.slice(0, start) + replacement + source.slice(end),
  }
}

function lineStart(source: string, line: number): number {
  let at = 0
  for (let seen = 0; seen < line; seen++) {
    const next = source.indexOf('\n', at)
    if (next === -1) return source.length
    at = next + 1
  }
  return at
}

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
