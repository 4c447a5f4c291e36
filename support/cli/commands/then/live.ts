/** The features of a host asked live, after a deployment: those that only look, and at no other machine. */
import type { FoundConfig } from '../../../config/config.ts'
import { refuse } from '../../../core/refusal.ts'
import { plural } from '../../../core/text/text.ts'
import { definitionsOf, type Footprint, footprint } from '../../../cucumber/effects/effects.ts'
import { withSelection } from '../../../cucumber/loading/load-suite.ts'
import { FanOut } from '../../../cucumber/selection/roles.ts'
import { keyOf } from '../../../cucumber/selection/work-unit.ts'
import { buildTestPlan } from '../../../cucumber/test-plan.ts'
import type { SshPlan } from '../../../machine/machine.ts'
import { type CarriedOut, carryOut } from '../../../runner/carry-out.ts'
import type { Choice } from '../../../runner/choose-scenarios.ts'
import type { RunSettings } from '../../../world/settings.ts'
import type { HostScenarios } from '../gate-scenarios.ts'

export interface LiveFeatures {
  readonly found: FoundConfig
  readonly settings: RunSettings
  readonly choice: Choice
  readonly notes: readonly string[]
}

/** It asks the host's machine and none besides, and changes nothing of it. */
export const onlyLooks = ({ machines, steps }: Footprint, names: readonly string[]): boolean =>
  machines.length > 0 && machines.every(name => names.includes(name)) && steps.every(({ effect }) => effect === 'reads')

/** @throws UsageError where no scenario could tell whether the host holds */
export async function chooseLive(
  { found, settings, names, choice }: HostScenarios,
  plan: SshPlan,
): Promise<LiveFeatures> {
  const live = liveSettings(settings, names, plan)
  const { scenarios } = choice ? await buildTestPlan(choice.loaded, settings.projectDir) : { scenarios: [] }
  const definitions = choice ? definitionsOf(choice.loaded.support) : new Map()
  const known = Object.keys(live.machines)
  const keys = scenarios.filter(each => onlyLooks(footprint(each, definitions, known), names)).map(keyOf)
  if (choice === undefined || keys.length === 0) throw nothingToAsk(names[0] ?? '')
  const left = scenarios.length - keys.length
  const loaded = withSelection(choice.loaded, { fanOut: new FanOut(live.machines), leftOut: [], keys })
  return {
    ...{ found, settings: live, choice: { ...choice, loaded, part: [`live ${names[0]}`] } },
    notes:
      left === 0
        ? []
        : [`${plural(left, 'scenario')} not asked live: of changes, other machines, or no machine at all`],
  }
}

export const askLive = ({ found, settings, choice, notes }: LiveFeatures): Promise<CarriedOut> =>
  carryOut({ asked: {}, found, settings, choice, notes, isPartOfGate: true })

/** By whatever name, the host is the target now, and features may do nothing to it but look. */
function liveSettings(settings: RunSettings, names: readonly string[], plan: SshPlan): RunSettings {
  const { installed: _, ...rest } = settings
  const [host = ''] = names
  const there = names.map(name => [
    name,
    {
      ...(settings.machines[name] ?? { roles: [] }),
      ...{ address: addressOf(plan), plan: { ...plan, name }, allow: [], source: '--target' },
    },
  ])
  return { ...rest, deployed: [host, ...names], machines: { ...settings.machines, ...Object.fromEntries(there) } }
}

const addressOf = ({ user, host, port }: SshPlan): string =>
  `ssh://${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}`

const nothingToAsk = (host: string) =>
  refuse({
    what: `No scenario could tell whether host "${host}" holds once it is there`,
    expected: `one that brings machine "${host}" into play, only looks, and speaks of no other machine`,
    next: `Given machine "${host}" is running, with sentences of Then alone`,
  })
