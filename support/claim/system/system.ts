import { plural } from '../../core/text/text.ts'
import { type Duration, milliseconds } from '../../core/time/duration.ts'
import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { HOLD } from '../../expect/not.ts'
import type { RunningService, SystemFacts } from '../../probe/system/system.ts'
import { isUp } from '../../probe/system/system-state.ts'
import { keepsRestarting, restartsOf, settlesIn } from '../units/restarts.ts'

/** So many names fit into a first line. */
const SHOWN = 3

/** systemd's own word, and no service that keeps restarting or hangs in its start: of those it does not know. */
export const systemIsRunning: Expectation<SystemFacts> = claim({
  wanted: 'running',
  missed: 'was not running',
  between: facts => (facts.failed.length > 0 ? undefined : unsettled(facts)),
  holds: ({ state, failed }) => state === 'running' && failed.length === 0,
  settles: youngest,
  seen,
  state: ({ state }) => state,
  hopeless: facts => (facts.state === 'degraded' && facts.failed.length > 0 ? whatFailed(facts) : undefined),
})

/** Said when everything has been started: before that nothing may have had the time to fail. */
export const noUnitFailed: Expectation<SystemFacts> = claim({
  wanted: 'no failed unit',
  missed: 'had failed units',
  hold: HOLD,
  between: facts => (facts.failed.length > 0 ? undefined : unsettled(facts)),
  holds: ({ state, failed }) => isUp(state) && failed.length === 0,
  settles: youngest,
  seen,
  state: ({ state, failed }) => (failed.length > 0 ? whatFailed({ failed }) : state),
  hopeless: facts => (facts.failed.length > 0 && isUp(facts.state) ? whatFailed(facts) : undefined),
})

function unsettled({ state, services }: SystemFacts): string | undefined {
  if (!isUp(state)) return 'had not finished starting'
  const restarting = services.filter(keepsRestarting)
  if (restarting.length > 0) return `had services that keep restarting (${named(restarting)})`
  const hanging = services.filter(hangs)
  return hanging.length > 0 ? `had services that are still being started (${named(hanging)})` : undefined
}

/** Until the last one has run as long as one must that may fail in its first run. */
function youngest({ services }: SystemFacts): Duration | undefined {
  const times = services.flatMap(each => settlesIn(each)?.ms ?? [])
  return times.length > 0 ? milliseconds(Math.max(...times)) : undefined
}

/** One that says when it is ready, and has not. A `oneshot` is being started for as long as it works. */
const hangs = ({ type, activeState }: RunningService): boolean => type !== 'oneshot' && activeState === 'activating'

const named = (services: readonly RunningService[]): string => shorten(services.map(({ name }) => name))
const shorten = (names: readonly string[]): string =>
  `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ', …' : ''}`

function seen({ state, failed, starting, services }: SystemFacts): string {
  const waiting = starting.length > 0 && `waiting for ${starting.slice(0, 5).join(', ')}`
  const restarting = services.filter(keepsRestarting).map(each => `${each.name}: ${restartsOf(each)}`)
  const hanging = services.filter(each => hangs(each) && !keepsRestarting(each)).map(({ name }) => name)
  const parts = [
    state,
    failed.length > 0 && `failed: ${failed.join(', ')}`,
    !isUp(state) && waiting,
    hanging.length > 0 && `being started: ${hanging.join(', ')}`,
  ]
  return [parts.filter(Boolean).join(', '), ...restarting, ...firstRuns(services)].join('\n')
}

/** `a.service, b.service: in the first run, for 1 s`: what the look does not tell is whether they stay. */
function firstRuns(services: readonly RunningService[]): string[] {
  const young = services.filter(each => settlesIn(each))
  const longest = Math.max(...young.map(({ age = 0 }) => age))
  return young.length > 0 ? [`${named(young)}: in the first run, for ${Math.max(0, Math.round(longest))} s`] : []
}

const whatFailed = ({ failed }: Pick<SystemFacts, 'failed'>): string =>
  `${plural(failed.length, 'unit')} failed (${shorten(failed)})`
