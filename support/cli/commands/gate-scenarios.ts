/** Which scenarios of a project judge a host at the gate: all that are about it. Nothing of the command line leaves one out. */
import type { ParseError } from '@cucumber/messages'
import type { FoundConfig } from '../../config/config.ts'
import { NixcumberError } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { plural } from '../../core/text/text.ts'
import { withSelection } from '../../cucumber/loading/load-suite.ts'
import { aboutHost } from '../../cucumber/selection/about-host.ts'
import { FanOut } from '../../cucumber/selection/roles.ts'
import { buildTestPlan } from '../../cucumber/test-plan.ts'
import { type FlakeLocator, parseLocator } from '../../flake/locator.ts'
import type { Level } from '../../gate/verdict.ts'
import { type Choice, chooseScenarios } from '../../runner/choose-scenarios.ts'
import type { MachineSettings, RunSettings } from '../../world/settings.ts'

export interface HostScenarios {
  readonly found: FoundConfig
  readonly settings: RunSettings
  /** The host, and the machines that are known to be it. */
  readonly names: readonly string[]
  /** Absent where no scenario is about the host. */
  readonly choice?: Choice
  /** What was left out. */
  readonly notes: readonly string[]
}

/** The host is booted from the flake, or installed, whatever already runs by its name. */
export function hostSettings(settings: RunSettings, host: string, level: Level): RunSettings {
  const machines = Object.entries(settings.machines).map(
    ([name, known]) => [name, isHost(name, known, host) ? bootable(known) : known] as const,
  )
  const installed = level === 'installed' ? { installed: [host] } : {}
  // What a sentence about the target leaves out is this host, whatever the configuration has for other runs.
  const aboutTarget = { ...settings.aboutTarget, host }
  return { ...settings, machines: Object.fromEntries(machines), aboutTarget, ...installed }
}

const isHost = (name: string, known: MachineSettings, host: string): boolean => (known.host ?? name) === host

function bootable({ address: _address, plan: _plan, source: _source, ...rest }: MachineSettings): MachineSettings {
  return rest
}

interface Judged {
  readonly host: string
  readonly locator: FlakeLocator
}

/** @throws UsageError for features and steps that cannot be loaded */
export async function chooseForHost(found: FoundConfig, settings: RunSettings, judged: Judged): Promise<HostScenarios> {
  const { host, locator } = judged
  const choice = await chooseScenarios({ words: [], asked: {}, found, settings, machines: undefined, keys: undefined })
  const { scenarios, envelopes } = await buildTestPlan(choice.loaded, settings.projectDir)
  for (const { parseError } of envelopes) if (parseError) throw unreadable(parseError)
  const known = Object.entries(settings.machines).flatMap(([name, each]) => (isHost(name, each, host) ? [name] : []))
  const names = [...new Set([host, ...known])]
  const isJudged = (reference: string): boolean => same(locator, reference, settings)
  const { keys, ofOthers } = aboutHost(scenarios, { names, host, isJudged })
  const left = scenarios.length - keys.length - ofOthers.length
  const notes = [
    ...(left > 0 ? [`${plural(left, 'scenario')} of the project, not about ${host}`] : []),
    ...ofOthers.map(key => `a scenario about ${host} of another flake: ${key}`),
    ...(found.config.tags === undefined
      ? []
      : [`scenarios without the tags of the configuration: ${found.config.tags}`]),
  ]
  if (keys.length === 0) return { found, settings, names, notes }
  const loaded = withSelection(choice.loaded, { fanOut: new FanOut(settings.machines), leftOut: [], keys })
  return {
    ...{ found, settings, names },
    choice: { ...choice, loaded, part: [`gate ${host}`] },
    notes,
  }
}

/** As a scenario means it: "." is the flake that is judged. */
function same(locator: FlakeLocator, reference: string, { projectDir }: RunSettings): boolean {
  if (reference === '.') return true
  try {
    return JSON.stringify(parseLocator(reference, projectDir)) === JSON.stringify(locator)
  } catch (error) {
    // What is nowhere is told as left out.
    if (error instanceof NixcumberError) return false
    throw error
  }
}

/** Whether it is about the host cannot be told. */
const unreadable = ({ source, message }: ParseError): Error =>
  refuse({ what: `The feature ${source.uri ?? ''} cannot be read`, got: message, next: 'nixcumber run --dry-run' })
