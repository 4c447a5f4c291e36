/** What is told in a line or two each: the same lists in the same order in every form of the report that a person reads. */
import type { Comparison } from '../comparison.ts'
import { groupProblems, type ProblemGroup } from '../groups.ts'
import * as words from './words.ts'

export interface List {
  readonly title: string
  readonly items: readonly Item[]
}

export interface Item {
  readonly text: string
  /** A second line. */
  readonly more?: string
}

/** News of scenarios, below what is newly bad; each may ask for something to be done. */
export const newsOf = (comparison: Comparison): List[] => [
  { title: 'Still failing', items: groupProblems(comparison.stillFailing).map(old) },
  { title: 'Fixed', items: comparison.fixed.map(({ scenario, was }) => ({ text: scenario, more: `was: ${was}` })) },
  { title: 'Comes and goes', items: comparison.flaky.map(each => ({ text: words.flaky(each) })) },
  { title: 'Waived', items: comparison.waived.map(each => ({ text: words.waiver(each) })) },
]

/** What is good to know, below the facts. */
export const restOf = (comparison: Comparison): List[] => [
  { title: 'Slower', items: comparison.slower.map(each => ({ text: words.slower(each) })) },
  { title: 'Added', items: comparison.added.map(text => ({ text })) },
  { title: 'Removed', items: comparison.removed.map(text => ({ text })) },
  { title: 'Renamed', items: comparison.renamed.map(({ from, to }) => ({ text: from, more: `is now: ${to}` })) },
  {
    title: 'Not comparable',
    items: comparison.notComparable.map(({ scenario, reason }) => ({ text: `${scenario}: ${reason}` })),
  },
]

function old({ first, machines }: ProblemGroup): Item {
  const text = [first.name, words.hosts(machines), words.age(first)].filter(Boolean).join('  ')
  return { text, more: first.headline }
}
