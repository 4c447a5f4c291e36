/** What many hosts have in common is told once. Pure. */
import type { Problem } from './comparison.ts'
import type { FactChange } from './facts.ts'

export interface ProblemGroup {
  readonly first: Problem
  readonly all: readonly Problem[]
  /** Where it is so, each once; empty where no machine is named. */
  readonly machines: readonly string[]
}

export function groupProblems(problems: readonly Problem[]): ProblemGroup[] {
  return [...groupBy(problems, ({ group }) => group).values()].flatMap(all => {
    const [first] = all
    return first ? [{ first, all, machines: unique(all.map(({ machine }) => machine)) }] : []
  })
}

export interface FactGroup {
  readonly change: FactChange
  readonly machines: readonly string[]
}

export function groupFacts(changes: readonly FactChange[]): FactGroup[] {
  const id = ({ section, key, before, after }: FactChange): string => JSON.stringify([section, key, before, after])
  return [...groupBy(changes, id).values()].flatMap(all => {
    const [change] = all
    return change ? [{ change, machines: unique(all.map(({ machine }) => machine)) }] : []
  })
}

function groupBy<Item>(items: readonly Item[], idOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const known = groups.get(idOf(item))
    if (known) known.push(item)
    else groups.set(idOf(item), [item])
  }
  return groups
}

const unique = (names: readonly (string | undefined)[]): string[] => [...new Set(names.flatMap(name => name ?? []))]
