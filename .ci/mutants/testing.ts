import { type Change, type Mutant, mutantOf } from './making/mutant.ts'

/** A mutant in which `from`, the first of its kind in the text, is `to`. */
export function mutantIn(source: string, from: string, to: string, change: Partial<Change> = {}): Mutant {
  const at = source.indexOf(from)
  const location = { start: position(source, at), end: position(source, at + from.length) }
  const names = { id: '1', fileName: 'support/claim/a.ts', mutatorName: 'Planted' }
  return mutantOf({ ...names, replacement: to, location, ...change }, source)
}

function position(source: string, offset: number) {
  const lines = source.slice(0, offset).split('\n')
  return { line: lines.length - 1, column: lines.at(-1)?.length ?? 0 }
}
