/** What a recorded run says for a verdict. What it does not say is not made up: then there is no verdict. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Case, readComparedRun } from '../compare/compared-run.ts'
import { isMeant, isOver, type Waiver } from '../compare/waiver.ts'
import { EnvironmentBroken } from '../core/errors.ts'
import { sha256 } from '../nix/contents.ts'
import { readResults } from '../record/run/results-file.ts'
import { type RunJson, runJson } from '../record/run/run-json.ts'
import type { Outcome } from '../report/results/outcome.ts'
import { oneLine } from './one-line.ts'
import type { Evidence, VerdictDocument } from './verdict.ts'

type Machines = VerdictDocument['machines']

export interface RunEvidence extends Pick<Evidence, 'results' | 'machines'> {
  readonly features: string
  readonly qemu: string | null
}

interface About {
  /** The host, and the machines that are known to be it. */
  readonly names: readonly string[]
  /** Its system, as it would be installed. */
  readonly toplevel: string
  readonly waivers: readonly Waiver[]
  readonly now: Date
}

/** No scenario is about the host: nothing was run. */
export const nothingRun = (): RunEvidence => ({
  results: { digest: sha256(''), exitCode: 2, counts: countsOf([]), flaky: [], waived: [] },
  ...{ machines: {}, features: sha256(''), qemu: null },
})

/** @throws EnvironmentBroken when the record is not whole */
export async function runEvidence(folder: string, about: About): Promise<RunEvidence> {
  const file = join(folder, 'run.json')
  const run = runJson.parse(JSON.parse(readFileSync(file, 'utf8')))
  const compared = await readComparedRun({ folder, run, state: 'ended' })
  const results = readResults(folder)
  const cases = [...compared.cases.values()]
  const counted = Object.keys(results?.scenarios ?? {}).length
  if (!results || run.exitCode === undefined || !run.features || compared.torn || counted !== cases.length)
    throw new EnvironmentBroken(`The record of the run is not whole: ${folder}`)
  const machines = machinesOf(run, about)
  return {
    results: {
      digest: sha256(readFileSync(join(folder, 'results.json'))),
      exitCode: run.exitCode,
      counts: countsOf(Object.values(results.scenarios)),
      flaky: Object.entries(results.scenarios).flatMap(([key, { flaky }]) => (flaky ? [oneLine(key)] : [])),
      waived: waivedOf(cases, about),
    },
    machines,
    features: run.features.hash,
    qemu: qemuOf(run, Object.keys(machines)),
  }
}

function countsOf(scenarios: readonly { readonly outcome: Outcome }[]): Record<Outcome, number> {
  const counts = { held: 0, failed: 0, refused: 0, error: 0, unfinished: 0, skipped: 0 }
  for (const { outcome } of scenarios) counts[outcome] += 1
  return counts
}

/** Held or not: what a waiver speaks of is not relied on. */
const waivedOf = (cases: readonly Case[], { waivers, now }: About): string[] =>
  cases
    .filter(each => waivers.some(waiver => isMeant(waiver, each) && !isOver(waiver, now)))
    .map(({ key }) => oneLine(key))

/** Those of the host, by name or by what they ran; others may have stood beside them. */
function machinesOf({ machines, toplevels, otherToplevels = {}, differences = {} }: RunJson, about: About): Machines {
  const systems = (name: string): string[] => [
    ...(toplevels[name] === undefined ? [] : [toplevels[name]]),
    ...(otherToplevels[name] ?? []),
  ]
  const found = Object.entries(machines).filter(
    ([name]) => about.names.includes(name) || systems(name).includes(about.toplevel),
  )
  return Object.fromEntries(
    found.map(([name, facts]) => [
      oneLine(name),
      {
        driver: String(facts.driver ?? 'never ready'),
        toplevels: systems(name),
        diskScript: textOrNull(facts.diskScript),
        accelerator: textOrNull(facts.accelerator),
        differences: (differences[name] ?? []).map(({ option, host = null, machine = null, why }) => ({
          ...{ option: oneLine(option), host, machine, why },
        })),
      },
    ]),
  )
}

const textOrNull = (fact: string | number | undefined): string | null => (fact === undefined ? null : String(fact))

function qemuOf({ machines }: RunJson, names: readonly string[]): string | null {
  const versions = new Set(names.flatMap(name => machines[name]?.qemuVersion ?? []))
  return versions.size === 0 ? null : [...versions].join(', ')
}
