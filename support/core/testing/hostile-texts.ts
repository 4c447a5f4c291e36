import { loopsOf } from './pattern-loops.ts'

export type Pattern = Readonly<Record<'source' | 'flags', string>>

/** A head, a unit again and again, and an end that lets all fail that has run so far. */
export interface Hostile {
  readonly head: string
  readonly unit: string
  readonly end: string
}

/** What a host can say without end: letters, digits, gaps, and what opens something that is never closed. */
const UNITS = [
  ...['x', '0', ' ', '\n', '\t', '\r', '.', '/', '=', '"', "'", '\\', '\u001b', '-', ':', ',', ';', '(', '{', '[', '<'],
  ...['a.', 'x ', 'x\n', ' \n', 'x=', '/x', '1 ', 'ab1.', '-x', 'x:', '"x', '"\\', '\r\n'],
]
/** Where a class leaves the choice: a word that goes on, or one that ends. */
const FAVOURITES = ['x0 .-', ' 0x.-'] as const
/** No pattern asks for the first character; the other end has a gap and another line as well, which stop what takes any character. */
const ENDS = ['\u0001', '\u0001 x\n\u0001'] as const

const COMMON = UNITS.map(unit => ({ head: '', unit, end: ENDS[0] }))

/** The units above, the characters of the pattern, and at each of its loops: what leads there, what goes round, what comes next. */
export function hostileTexts(pattern: Pattern): Hostile[] {
  const characters = pattern.source.replaceAll(/\\\w|[\\^$*+?()[\]{}|]/g, '')
  const own = [...characters].map(unit => ({ head: '', unit }))
  const loops = FAVOURITES.flatMap(favourites => loopsOf(pattern, favourites))
  const looped = loops.flatMap(({ head, round, next }) => [
    { head: '', unit: head },
    { head: '', unit: head + round },
    ...[round, next, round + next].map(unit => ({ head, unit })),
  ])
  const meant = [...own, ...looped].filter(({ unit }) => unit !== '')
  const all = [...COMMON, ...meant.flatMap(each => ENDS.map(end => ({ ...each, end })))]
  return [...new Map(all.map(each => [JSON.stringify(each), each])).values()]
}

/** A pattern that begins anew with each unit takes the length times the number of units: as many steps for a long one as for a short. */
export const written = ({ head, unit, end }: Hostile, length: number): string =>
  `${head}${unit.repeat(Math.ceil(length / Math.sqrt(unit.length)))}${end}`
