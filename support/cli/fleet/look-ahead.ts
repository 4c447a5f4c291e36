/** What the scenarios of a run will do, before anything of it is started: what is refused, and who is asked beside whom. */
import { isLive } from '../../world/guard.ts'
import type { RunSettings } from '../../world/settings.ts'
import { definitionsOf, footprint } from '../effects.ts'
import { refuseUnallowed } from '../effects-refused.ts'
import type { LoadedSuite } from '../embed.ts'
import { type Announced, announce } from '../workers/announce.ts'
import type { Scenario } from '../workers/protocol.ts'
import { type Split, split } from './lanes.ts'

export interface Ahead {
  readonly announced: Announced
  readonly split: Split<Scenario>
  /** @throws UsageError when a step would do more to a live host than it may */
  refuse(): void
}

export const hasLiveHosts = (settings: RunSettings): boolean =>
  Object.keys(settings.machines).some(name => isLive(settings, name))

export async function lookAhead(loaded: LoadedSuite, settings: RunSettings): Promise<Ahead> {
  const announced = await announce(loaded, settings.projectDir)
  const definitions = definitionsOf(loaded.support)
  const names = Object.keys(settings.machines)
  const looked = announced.scenarios.map(scenario => ({ scenario, footprint: footprint(scenario, definitions, names) }))
  return {
    announced,
    split: split(looked, { names, isLive: name => isLive(settings, name) }),
    refuse: () =>
      refuseUnallowed(
        looked.flatMap(each => each.footprint.steps),
        settings,
      ),
  }
}
