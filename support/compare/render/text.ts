/** For the terminal: what is new in full, the rest in lines. */
import { indent, plural, rows } from '../../core/text.ts'
import type { Comparison, Problem } from '../comparison.ts'
import { groupFacts, groupProblems, type ProblemGroup } from '../groups.ts'
import { cleaned } from './clean.ts'
import * as words from './words.ts'

export type Style = (style: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string

export function renderText(hostile: Comparison, style: Style): string {
  const comparison = cleaned(hostile)
  const { newFailures, newErrors, stillFailing, facts } = comparison
  const unexpected = groupFacts(facts.filter(({ expected }) => !expected))
  const expected = facts.length - facts.filter(each => !each.expected).length
  const sections = [
    section(
      'New failures',
      newFailures.length,
      groupProblems(newFailures).map(group => problem(group, style)),
    ),
    section(
      'New errors: could not be checked',
      newErrors.length,
      groupProblems(newErrors).map(group => problem(group, style)),
    ),
    section('Still failing', stillFailing.length, groupProblems(stillFailing).map(old)),
    section(
      'Fixed',
      comparison.fixed.length,
      comparison.fixed.map(({ scenario, was }) => `${style('green', '✓')} ${scenario}\n  was: ${was}`),
    ),
    section('Comes and goes', comparison.flaky.length, comparison.flaky.map(words.flaky)),
    section('Waived', comparison.waived.length, comparison.waived.map(words.waiver)),
    section(
      'Facts that changed',
      unexpected.length,
      [
        ...unexpected.map(({ change, machines }) => `${words.change(change)}  ${words.hosts(machines)}`),
        ...(expected > 0 ? [`${plural(expected, 'difference')} between QEMU and a live host, as expected`] : []),
      ],
      unexpected.length + expected,
    ),
    section('Slower', comparison.slower.length, comparison.slower.map(words.slower)),
    section('Added', comparison.added.length, [...comparison.added]),
    section('Removed', comparison.removed.length, [...comparison.removed]),
    section(
      'Renamed',
      comparison.renamed.length,
      comparison.renamed.map(({ from, to }) => `${from}\n  is now: ${to}`),
    ),
    section(
      'Not comparable',
      comparison.notComparable.length,
      comparison.notComparable.map(({ scenario, reason }) => `${scenario}  ${reason}`),
    ),
  ].filter(Boolean)
  return [head(comparison, style), ...sections.map(each => titled(each, style))].join('\n\n')
}

/** Long lists are for the files. */
const MOST = 40

function section(title: string, count: number, items: readonly string[], there = count): string {
  if (there === 0) return ''
  const more = items.length > MOST ? [`… ${items.length - MOST} more: --html FILE has them all`] : []
  return `${title}${count > 0 ? `  ${count}` : ''}\n${indent([...items.slice(0, MOST), ...more].join('\n').trimEnd())}`
}

const titled = (text: string, style: Style): string => text.replace(/^.*/, line => style('bold', line))

function head(comparison: Comparison, style: Style): string {
  const { verdict, base, current, systems } = comparison
  const colour = ({ 0: 'green', 1: 'red', 3: 'yellow' } as const)[verdict.exitCode]
  const said = rows({
    Base: base ? words.run(base) : 'none: no run before was good, so all that is bad counts as new',
    Current: words.run(current),
    Changed: words.moved(comparison),
    System: systems.flatMap(each => words.system(each) ?? []).join('\n'),
  })
  return `${style(colour, verdict.word)}  ${verdict.summary}\n${said}`.trimEnd()
}

function problem({ first, all, machines }: ProblemGroup, style: Style): string {
  const { name, place, step, headline, baseline, observed, near } = first
  const table = rows({
    Before: baseline,
    Now: observed,
    Near: near.map(words.change).join('\n'),
    Flaky: first.flaky ? 'it came and went in the last runs; that excuses nothing' : undefined,
    Also: also(all),
    From: place,
  })
  const sign = first.outcome === 'failed' ? style('red', '✗') : style('yellow', '!')
  return (
    `${sign} ${name}  ${words.hosts(machines)}`.trimEnd() +
    indent(`\n${step ? `${step}\n` : ''}${headline}\n${table.trimEnd()}`, 2) +
    '\n'
  )
}

/** Other scenarios with the same failure. */
function also(all: readonly Problem[]): string | undefined {
  const names = [...new Set(all.map(({ name }) => name))].slice(1)
  return names.length === 0 ? undefined : names.join('\n')
}

const old = ({ first, machines }: ProblemGroup): string =>
  `${[first.name, words.hosts(machines), words.age(first)].filter(Boolean).join('  ')}\n  ${first.headline}`
