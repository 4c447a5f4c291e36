/** Figures for node_exporter's textfile collector (Prometheus text format 0.0.4). */
import type { Comparison } from '../comparison.ts'

interface Metric {
  readonly name: string
  readonly help: string
  readonly samples: readonly (readonly [Readonly<Record<string, string>>, number])[]
}

export function renderPrometheus({ verdict, current, systems, ...found }: Comparison): string {
  const count = (name: string, help: string, value: number): Metric => ({ name, help, samples: [[{}, value]] })
  const metrics: Metric[] = [
    count(
      'exit_code',
      'Exit code of the comparison: 0 nothing new, 1 new failures, 3 could not check.',
      verdict.exitCode,
    ),
    count('new_failures', 'Scenarios that do not hold and held in the base.', found.newFailures.length),
    count('new_errors', 'Scenarios that could not be checked, and could in the base.', found.newErrors.length),
    count('still_failing', 'Scenarios that were bad in the base already.', found.stillFailing.length),
    count('fixed', 'Scenarios that hold again.', found.fixed.length),
    count('held', 'Scenarios that held in both runs.', found.held),
    count(
      'facts_changed',
      'Facts of the machines that changed.',
      found.facts.filter(({ expected }) => !expected).length,
    ),
    count('run_timestamp_seconds', 'Start of the current run.', Math.round(Date.parse(current.start) / 1000)),
    {
      name: 'machine_bad',
      help: 'Scenarios of the machine that do not hold or could not be checked.',
      samples: machinesOf(systems, found).map(machine => [{ machine }, badOf(machine, found)]),
    },
  ]
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .map(render)
    .join('')
}

const render = ({ name, help, samples }: Metric): string =>
  [
    `# HELP nixcumber_${name} ${help}`,
    `# TYPE nixcumber_${name} gauge`,
    ...samples.map(([labels, value]) => `nixcumber_${name}${braces(labels)} ${value}`),
    '',
  ].join('\n')

function braces(labels: Readonly<Record<string, string>>): string {
  const written = Object.entries(labels).map(([key, value]) => `${key}="${escaped(value)}"`)
  return written.length === 0 ? '' : `{${written.join(',')}}`
}

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

type Lists = Pick<Comparison, 'newFailures' | 'newErrors' | 'stillFailing'>

const problemsOf = ({ newFailures, newErrors, stillFailing }: Lists) => [...newFailures, ...newErrors, ...stillFailing]

const machinesOf = (systems: Comparison['systems'], lists: Lists): string[] =>
  [...new Set([...systems, ...problemsOf(lists)].flatMap(({ machine }) => machine ?? []))].sort()

const badOf = (machine: string, lists: Lists): number =>
  problemsOf(lists).filter(problem => problem.machine === machine).length
