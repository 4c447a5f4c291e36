import type { Fate, Tried } from './running/try-mutant.ts'

export interface Score {
  readonly folder: string
  readonly tried: number
  readonly fates: Readonly<Record<Fate, number>>
  /** Of 100; what was not noticed counts against it, whether a test came by or not. */
  readonly percent: number
}

const NOTICED: readonly Fate[] = ['killed', 'hung', 'types']
export const isNoticed = ({ fate }: Tried): boolean => NOTICED.includes(fate)

/** By folder (`support/claim`), and all of them last. */
export function scores(tried: readonly Tried[]): Score[] {
  const folders = [...new Set(tried.map(folderOf))].sort()
  const byFolder = folders.map(folder =>
    scoreOf(
      folder,
      tried.filter(each => folderOf(each) === folder),
    ),
  )
  return [...byFolder, scoreOf('all', tried)]
}

const folderOf = ({ mutant }: Tried): string => mutant.file.split('/').slice(0, 2).join('/')

function scoreOf(folder: string, tried: readonly Tried[]): Score {
  const count = (fate: Fate): number => tried.filter(each => each.fate === fate).length
  const fates = {
    ...{ killed: count('killed'), hung: count('hung'), types: count('types') },
    ...{ survived: count('survived'), unreached: count('unreached') },
  }
  return { folder, tried: tried.length, fates, percent: (100 * tried.filter(isNoticed).length) / tried.length }
}

const COLUMNS: readonly Fate[] = ['killed', 'hung', 'types', 'survived', 'unreached']

/** A table for the terminal. */
export const table = (all: readonly Score[]): string =>
  [
    row('', 'mutants', COLUMNS, 'score'),
    ...all.map(({ folder, tried, fates, percent }) =>
      row(
        folder,
        String(tried),
        COLUMNS.map(fate => String(fates[fate])),
        `${percent.toFixed(1)} %`,
      ),
    ),
  ].join('\n')

const row = (name: string, tried: string, counts: readonly string[], percent: string): string =>
  [name.padEnd(18), ...[tried, ...counts, percent].map(cell => cell.padStart(10))].join('')
