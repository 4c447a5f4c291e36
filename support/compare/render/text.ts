/** For the terminal: what is new in full, the rest in lines. */
import { indent, plural, rows } from '../../core/text/text.ts'
import type { Comparison, Problem } from '../comparison.ts'
import { groupFacts, groupProblems, type ProblemGroup } from '../groups.ts'
import { cleaned } from './clean.ts'
import { type List, newsOf, restOf } from './lists.ts'
import * as words from './words.ts'

export type Style = (style: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string

export function renderText(hostile: Comparison, style: Style): string {
  const comparison = cleaned(hostile)
  const { newFailures, newErrors } = comparison
  const sections = [
    problems('New failures', newFailures, style),
    problems('New errors: could not be checked', newErrors, style),
    ...newsOf(comparison).map(listed),
    facts(comparison),
    ...restOf(comparison).map(listed),
  ].filter(Boolean)
  return [head(comparison, style), ...sections.map(each => titled(each, style))].join('\n\n')
}

const problems = (title: string, all: readonly Problem[], style: Style): string =>
  section(
    title,
    all.length,
    groupProblems(all).map(group => problem(group, style)),
  )

const listed = ({ title, items }: List): string =>
  section(
    title,
    items.length,
    items.map(({ text, more }) => (more === undefined ? text : `${text}\n  ${more}`)),
  )

function facts({ facts: changes }: Comparison): string {
  const own = groupFacts(changes.filter(({ expected }) => !expected))
  const expected = changes.filter(each => each.expected).length
  const items = own.map(({ change, machines }) => `${words.change(change)}  ${words.hosts(machines)}`)
  const rest = `${plural(expected, 'difference')} between QEMU and a live host, as expected`
  return section('Facts that changed', own.length, expected > 0 ? [...items, rest] : items)
}

/** Long lists are for the files. */
const MAX_ROWS = 40

function section(title: string, count: number, items: readonly string[]): string {
  if (items.length === 0) return ''
  const more = items.length > MAX_ROWS ? [`… ${items.length - MAX_ROWS} more: --html FILE has them all`] : []
  return `${title}${count > 0 ? `  ${count}` : ''}\n${indent([...items.slice(0, MAX_ROWS), ...more].join('\n').trimEnd())}`
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
