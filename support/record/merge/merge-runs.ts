/** What several runs say about themselves made into one. Pure. What contradicts is refused by name: one verdict cannot be about two things. */
import { refuse } from '../../core/refusal.ts'
import type { RunJson } from '../run/run-json.ts'
import type { Size } from '../run/run-record.ts'
import { SizeBook, type Sizes } from '../sizes.ts'
import { unitedPart } from './part.ts'

export interface NamedRun {
  readonly name: string
  readonly run: RunJson
}

type United = Pick<
  RunJson,
  | 'tool'
  | 'inputs'
  | 'start'
  | 'toplevels'
  | 'machines'
  | 'sizes'
  | 'differences'
  | 'notes'
  | 'flake'
  | 'part'
  | 'peakMemoryMiB'
>

/** @throws UsageError when they were not runs of the same thing by the same nixcumber */
export function mergeRuns(runs: readonly [NamedRun, ...NamedRun[]]): United {
  const [first, ...others] = runs
  for (const other of others) refuseConflict(first, other)
  refuseOtherFlake(runs)
  const { notes, toplevels } = toplevelsOf(runs)
  const flake = runs.find(({ run }) => run.flake)?.run.flake
  const part = unitedPart(runs.map(({ run }) => run))
  const peaks = runs.flatMap(({ run }) => run.peakMemoryMiB ?? [])
  const sizes = sizesOf(runs)
  const differences = Object.assign({}, ...runs.map(({ run }) => run.differences ?? {}))
  return {
    tool: first.run.tool,
    inputs: first.run.inputs,
    start: runs.map(({ run }) => run.start).toSorted()[0] ?? first.run.start,
    toplevels,
    machines: machinesOf(runs),
    notes: [...new Set([...runs.flatMap(({ run }) => run.notes), ...notes])],
    ...(flake ? { flake } : {}),
    ...(Object.keys(sizes).length > 0 ? { sizes } : {}),
    ...(Object.keys(differences).length > 0 ? { differences } : {}),
    ...(part ? { part } : {}),
    ...(peaks.length > 0 ? { peakMemoryMiB: Math.max(...peaks) } : {}),
  }
}

function refuseConflict(a: NamedRun, b: NamedRun): void {
  const conflict = (what: string, expected: string, got: string): Error =>
    refuse({
      what: `${a.name} and ${b.name} ${what}`,
      expected: `${expected}, as in ${a.name}`,
      got: `${got}, in ${b.name}`,
    })
  if (a.run.tool.version !== b.run.tool.version)
    throw conflict('are of different versions of nixcumber', a.run.tool.version, b.run.tool.version)
  if (a.run.inputs !== b.run.inputs)
    throw conflict('did not judge the same inputs', `${a.run.inputs} inputs`, `${b.run.inputs} inputs`)
}

/** A suite may speak of several flakes: only two contents of one are a contradiction. */
function refuseOtherFlake(runs: readonly NamedRun[]): void {
  const known = new Map<string, { name: string; narHash: string }>()
  for (const { name, run } of runs) {
    const { reference, narHash } = run.flake ?? {}
    if (reference === undefined || narHash === undefined) continue
    const before = known.get(reference)
    if (before && before.narHash !== narHash)
      throw refuse({
        what: `The flake ${reference} is not the same in ${before.name} and ${name}`,
        expected: `${before.narHash}, as in ${before.name}`,
        got: `${narHash}, in ${name}`,
        next: 'run both with the same revision of the flake',
      })
    known.set(reference, { name, narHash })
  }
}

function toplevelsOf(runs: readonly NamedRun[]): { toplevels: RunJson['toplevels']; notes: string[] } {
  const toplevels: Record<string, string> = {}
  const notes: string[] = []
  for (const { name, run } of runs)
    for (const [host, path] of Object.entries(run.toplevels)) {
      if (toplevels[host] !== undefined && toplevels[host] !== path)
        notes.push(`Host "${host}" was another system in ${name}: ${path}`)
      toplevels[host] ??= path
    }
  return { toplevels, notes }
}

/** Of words that differ all are told, of numbers the greatest. */
function machinesOf(runs: readonly NamedRun[]): RunJson['machines'] {
  const machines: Record<string, Record<string, string | number>> = {}
  for (const { run } of runs)
    for (const [name, facts] of Object.entries(run.machines)) {
      const known = machines[name] ?? {}
      for (const [key, value] of Object.entries(facts)) known[key] = unite(known[key], value)
      machines[name] = known
    }
  return machines
}

/** Of a part in which all had it alike who had it is not written down: its size stands with the machine. */
function sizesOf(runs: readonly NamedRun[]): Sizes {
  const book = new SizeBook()
  for (const { name, run } of runs)
    for (const [machine, facts] of Object.entries(run.machines)) {
      const all = run.sizes?.[machine] ?? [{ ...sizeIn(facts), scenarios: [`all of ${name}`] }]
      for (const { scenarios, ...size } of all) book.add(machine, size, scenarios)
    }
  return book.told
}

const sizeIn = (facts: RunJson['machines'][string]): Size => {
  const number = (key: string): number | undefined => (typeof facts[key] === 'number' ? facts[key] : undefined)
  return { memoryMiB: number('memoryMiB'), cores: number('cores'), diskMiB: number('diskMiB') }
}

function unite(known: string | number | undefined, value: string | number): string | number {
  if (known === undefined) return value
  if (typeof known === 'number' && typeof value === 'number') return Math.max(known, value)
  const words = String(known).split(', ')
  return words.includes(String(value)) ? known : [...words, value].join(', ')
}
