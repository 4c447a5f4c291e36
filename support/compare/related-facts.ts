/** The changed facts that may have to do with a failure: those that share its words. Pure. */

import type { Case, CaseStep } from './compared-run.ts'
import type { FactChange } from './facts.ts'

const MAX_RELATED_FACTS = 3
/** A unit of that very name tells more than a package that mentions it. */
const WEIGHT: Readonly<Record<string, number>> = {
  units: 3,
  'unit definitions': 2,
  firewall: 3,
  listeners: 3,
  users: 3,
  groups: 2,
  certificates: 2,
  mounts: 2,
  nodes: 3,
  closure: 2,
  sysctl: 1,
  system: 1,
}
const KINDS = ['service', 'socket', 'timer', 'mount', 'target', 'path', 'slice']

/** At most three, the nearest first; facts of the same machine only. */
export function relatedFacts(
  { machine }: Case,
  step: CaseStep | undefined,
  changes: readonly FactChange[],
): FactChange[] {
  if (!step) return []
  const words = wordsOf(`${step.sentence} ${step.subject ?? ''}`)
  return changes
    .filter(each => !each.expected && (machine === undefined || each.machine === machine))
    .map(change => ({ change, weight: weightOf(change, words) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MAX_RELATED_FACTS)
    .map(({ change }) => change)
}

/** What is quoted, and numbers: `service "nginx" is active`, `tcp port 80 is listening`. */
function wordsOf(sentence: string): Set<string> {
  const quoted = [...sentence.matchAll(/"([^"]+)"/g)].flatMap(([, text = '']) => [text, ...text.split(/[^\w@+-]+/)])
  const others = [
    ...sentence.matchAll(/\bport (\d+)|(?<![\w@-])[@-]*(\w[\w@-]*)\.(?:service|socket|timer|mount|target)/g),
  ].flatMap(([, port, unit]) => [port ?? unit ?? ''])
  return new Set([...quoted, ...others].map(bare).filter(word => word.length > 1))
}

const bare = (word: string): string => {
  const dot = word.lastIndexOf('.')
  return dot > 0 && KINDS.includes(word.slice(dot + 1)) ? word.slice(0, dot) : word
}

function weightOf({ section, key }: FactChange, words: ReadonlySet<string>): number {
  const weight = WEIGHT[section] ?? 1
  if (words.has(bare(key))) return weight * 4
  const parts = key.split(/[^\w]+/)
  return parts.some(part => part.length > 1 && words.has(part)) ? weight : 0
}
