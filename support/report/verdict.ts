/** The last word on a run: the same in the console, in the HTML report and in run.json. */
import { plural } from '../core/text/text.ts'
import { OUTCOME_SYMBOLS } from './outcome-symbols.ts'
import { exitCodeOf, ORDER, type Outcome } from './results/outcome.ts'
import { isFlaky } from './results/result-types.ts'
import type { Results } from './results/results.ts'

export interface Judged {
  readonly results: Results
  readonly inputs: 'real' | 'offline'
  /** Machines that were judged; none when only configurations were evaluated. */
  readonly machines: readonly string[]
  readonly dryRun: boolean
  /** Exit code of a signal that stopped the run. */
  readonly stopped?: number
  /** The run is one part of a whole; `empty` when nothing of it falls to this part, which is as good as it can be. */
  readonly shard?: { readonly name: string; readonly empty: boolean }
  /** Parts of the whole that were not seen: `shard 2 of 3 is missing`. */
  readonly missing?: readonly string[]
}

/** Machines are named while they are few. */
const NAMED = 6

export interface Verdict {
  readonly word: 'GO' | 'NO-GO' | 'COULD NOT CHECK' | 'REFUSED' | 'STOPPED' | 'STEPS KNOWN' | 'NOTHING TO DO'
  readonly exitCode: number
  /** After the word: ` (rehearsal with offline inputs)`. */
  readonly restriction: string
  /** `t14: 12 scenarios held`. */
  readonly summary: string
}

export function verdictOf(judged: Judged): Verdict {
  const { results, inputs, machines, dryRun, stopped, shard, missing = [] } = judged
  const outcomes = results.scenarios.map(({ outcome }) => outcome)
  const exitCode = stopped ?? (dryRun ? dryRunCode(judged) : runCode(judged, outcomes))
  // A shard to which nothing falls has looked at nothing, and is no GO.
  const idle = exitCode === 0 && outcomes.length === 0
  const word = idle ? 'NOTHING TO DO' : wordOf(exitCode, dryRun)
  const subject =
    machines.length > NAMED ? `${machines.length} machines: ` : machines.join(', ') && `${machines.join(', ')}: `
  return {
    word,
    exitCode,
    restriction: word === 'GO' || idle ? restriction(inputs, shard?.name) : '',
    summary: [
      `${subject}${dryRun ? plural(outcomes.length, 'scenario') : summary(results, outcomes)}`,
      ...missing,
    ].join('; '),
  }
}

export const verdictLine = ({ word, restriction, summary }: Verdict): string => `${word}${restriction}  ${summary}`

function restriction(inputs: Judged['inputs'], shard: string | undefined): string {
  const words = [...(inputs === 'offline' ? ['rehearsal with offline inputs'] : []), ...(shard ? [shard] : [])]
  return words.length === 0 ? '' : ` (${words.join(', ')})`
}

function runCode({ results, shard, missing = [] }: Judged, outcomes: readonly Outcome[]): number {
  if (results.unreadable.length > 0) return 2
  const code = shard?.empty ? 0 : exitCodeOf(outcomes)
  // What was not seen could not be checked.
  return missing.length > 0 && code !== 1 ? 3 : code
}

function dryRunCode({ results }: Judged): number {
  const known = results.scenarios.every(({ outcome }) => outcome !== 'refused')
  return known && results.unreadable.length === 0 && results.scenarios.length > 0 ? 0 : 2
}

function wordOf(exitCode: number, dryRun: boolean): Verdict['word'] {
  if (exitCode > 3) return 'STOPPED'
  const words = [dryRun ? 'STEPS KNOWN' : 'GO', 'NO-GO', 'REFUSED', 'COULD NOT CHECK'] as const
  return words[exitCode] ?? 'COULD NOT CHECK'
}

function summary({ unreadable, scenarios }: Results, outcomes: readonly Outcome[]): string {
  const flaky = scenarios.filter(isFlaky).length
  const counted = ORDER.map(
    outcome => [outcomes.filter(each => each === outcome).length, OUTCOME_SYMBOLS[outcome].word] as const,
  )
    .filter(([count]) => count > 0)
    .map(([count, words], i) => `${i === 0 ? plural(count, 'scenario') : count} ${words}`)
  // The last in order are those that held.
  if (flaky > 0) counted.push(`${counted.pop()} (${flaky} flaky)`)
  if (unreadable.length > 0) counted.unshift(`${plural(unreadable.length, 'feature')} not readable`)
  return counted.join(', ') || 'no scenario'
}
