/** Which scenarios of a run can be asked of live hosts side by side, host by host. Pure. */
import type { Footprint } from '../../cucumber/effects/effects.ts'
import type { Candidate } from '../../cucumber/selection/work-unit.ts'
import { workUnitsOf } from '../../cucumber/selection/work-unit.ts'

export interface ScenarioFootprint<C extends Candidate = Candidate> {
  readonly scenario: C
  readonly footprint: Footprint
}

/** Everything that is asked of one live host; of several, when scenarios speak of them together. */
export interface HostQueue<C extends Candidate = Candidate> {
  /** `web1`, or `web1, web2`. */
  readonly name: string
  readonly hosts: readonly string[]
  /** In the order of the features. */
  readonly scenarios: readonly C[]
}

export interface Split<C extends Candidate> {
  readonly queues: readonly HostQueue<C>[]
  /** What changes something, needs a machine of ours or none at all, or builds on the scenario before. */
  readonly rest: readonly C[]
}

export interface Known {
  /** The machines that the run has from the start. */
  readonly names: readonly string[]
  isLive(name: string): boolean
}

export function split<C extends Candidate>(looked: readonly ScenarioFootprint<C>[], known: Known): Split<C> {
  const building = new Set(
    workUnitsOf(looked.map(({ scenario }) => scenario))
      .filter(({ ordered: together }) => together)
      .flatMap(({ scenarios }) => scenarios),
  )
  const queues = new Map<string, { hosts: readonly string[]; scenarios: C[] }>()
  const rest: C[] = []
  for (const { scenario, footprint } of looked) {
    const hosts = hostsOf(footprint, known)
    const isAlone = building.has(scenario) || scenario.pickle.tags.some(({ name }) => name === '@fresh')
    if (hosts.length === 0 || isAlone) {
      rest.push(scenario)
      continue
    }
    const name = hosts.join(', ')
    const queue = queues.get(name) ?? { hosts, scenarios: [] }
    queue.scenarios.push(scenario)
    queues.set(name, queue)
  }
  return { queues: [...queues].map(([name, queue]) => ({ name, ...queue })), rest }
}

/** The live hosts that a scenario looks at; none when it is about anything else, or does more than look. */
function hostsOf({ steps, machines, evaluates }: Footprint, { names, isLive }: Known): readonly string[] {
  if (steps.length === 0 || steps.some(({ effect }) => effect !== 'reads')) return []
  // Without a word about machines the only one there is is meant.
  const meant = machines.length === 0 && names.length === 1 && !evaluates ? names : machines
  return meant.every(isLive) ? meant.toSorted() : []
}
