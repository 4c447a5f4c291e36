import { plural } from '../core/text.ts'
import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import { isUp, type SystemFacts } from '../probe/system.ts'

/** So many names fit into a first line. */
const MAX_UNITS_SHOWN = 3

export const systemIsRunning: Expectation<SystemFacts> = claim({
  wanted: 'running',
  missed: 'was not running',
  holds: ({ state }) => state === 'running',
  seen,
  state: ({ state }) => state,
  hopeless: facts => (facts.state === 'degraded' && facts.failed.length > 0 ? whatFailed(facts) : undefined),
})

/** Said when everything has been started: before that nothing may have had the time to fail. */
export const noUnitFailed: Expectation<SystemFacts> = claim({
  wanted: 'no failed unit',
  missed: 'had failed units',
  holds: ({ state, failed }) => isUp(state) && failed.length === 0,
  seen,
  state: ({ state, failed }) => (failed.length > 0 ? whatFailed({ failed }) : state),
  hopeless: facts => (facts.failed.length > 0 && isUp(facts.state) ? whatFailed(facts) : undefined),
})

function seen({ state, failed, starting }: SystemFacts): string {
  const waiting = starting.length > 0 && `waiting for ${starting.slice(0, 5).join(', ')}`
  return [state, failed.length > 0 && `failed: ${failed.join(', ')}`, !isUp(state) && waiting]
    .filter(Boolean)
    .join(', ')
}

const whatFailed = ({ failed }: Pick<SystemFacts, 'failed'>): string =>
  `${plural(failed.length, 'unit')} failed (${failed.slice(0, MAX_UNITS_SHOWN).join(', ')}${failed.length > MAX_UNITS_SHOWN ? ', …' : ''})`
