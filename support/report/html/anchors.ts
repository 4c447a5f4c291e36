import type { ScenarioResult } from '../results/result-types.ts'

/** The same in every run of the same features: a link to a scenario can be sent. */
const anchorOf = ({ uri, line, machine = '' }: ScenarioResult): string =>
  `${uri}-${line}${machine && `-${machine}`}`.replaceAll(/[^\w-]+/g, '-').replace(/^-+/, '')

/** One for each scenario. Where two would have one name, the later ones are numbered. */
export function anchorsOf(scenarios: readonly ScenarioResult[]): ReadonlyMap<ScenarioResult, string> {
  const taken = new Map<string, number>()
  return new Map(
    scenarios.map(each => {
      const name = anchorOf(each)
      const count = (taken.get(name) ?? 0) + 1
      taken.set(name, count)
      return [each, count === 1 ? name : `${name}--${count}`]
    }),
  )
}
