/** The refusal before the run: nothing is connected to or booted while a step would do more to a live host than it may. */
import { UsageError } from '../../core/errors.ts'
import { plural, rows } from '../../core/text/text.ts'
import { allows, isGuarded, READ_ONLY } from '../../world/guard.ts'
import type { RunSettings } from '../../world/settings.ts'
import type { StepEffect } from './effects.ts'

/** One step of the features, whatever number of scenarios and hosts it is run for. */
interface Forbidden {
  readonly step: StepEffect
  readonly hosts: Set<string>
}

/** @throws UsageError that names each step, what it does to which host, and what to set */
export function refuseUnallowed(steps: Iterable<StepEffect>, settings: RunSettings): void {
  const found = new Map<string, Forbidden>()
  for (const step of steps) {
    const hosts = step.machines.filter(name => isGuarded(settings, name) && !allows(settings, name, step.effect))
    if (hosts.length === 0) continue
    const key = `${step.place} ${step.sentence} ${step.effect}`
    const forbidden = found.get(key) ?? { step, hosts: new Set() }
    for (const host of hosts) forbidden.hosts.add(host)
    found.set(key, forbidden)
  }
  if (found.size > 0) throw refusal([...found.values()])
}

/** Where what is known to look can be found. */
const LOOKS = `a command that only looks is written in words that are known to: docs/live-hosts.md, "What a look is"`

function refusal(forbidden: readonly Forbidden[]): UsageError {
  const live = new Set(forbidden.flatMap(({ hosts }) => [...hosts]))
  const commands = forbidden.some(({ step }) => step.because !== undefined)
  const silent = [...new Set(forbidden.flatMap(({ step }) => step.undeclared ?? []))]
  const said = rows({
    Expected: READ_ONLY,
    Next: [
      `if ${live.size === 1 ? 'it' : 'they'} may do so: nixcumber run ${allowances(forbidden).join(' ')}`,
      `or in nixcumber.config: machines: { ${setting(forbidden)} }`,
      ...(commands ? [LOOKS] : []),
      ...silent.map(place => `a step that only looks says so: reads(async function () { … }) at ${place}`),
    ].join('\n'),
  })
  return new UsageError(
    `${plural(forbidden.length, 'step')} would do more than look at ${live.size === 1 ? 'a live host' : 'live hosts'}: nothing was started\n\n${forbidden.map(describe).join('\n')}\n${said}`.trimEnd(),
  )
}

const describe = ({ step, hosts }: Forbidden): string =>
  `  ${step.place}  ${step.sentence}\n    ${step.effect} ${list([...hosts])}${reason(step)}`

const reason = ({ because, undeclared }: StepEffect): string =>
  because !== undefined ? `: ${because}` : undeclared === undefined ? '' : ', as it does not say that it only looks'

const MAX_STEPS_SHOWN = 5

function list(names: readonly string[]): string {
  if (names.length <= MAX_STEPS_SHOWN) return names.join(', ')
  return `${names.slice(0, MAX_STEPS_SHOWN).join(', ')} and ${names.length - MAX_STEPS_SHOWN} more`
}

/** Host by host while they are few. */
function allowances(forbidden: readonly Forbidden[]): string[] {
  const each = forbidden.flatMap(({ step, hosts }) => [...hosts].map(host => `--allow ${host}=${step.effect}`))
  const few = [...new Set(each)]
  return few.length <= MAX_STEPS_SHOWN ? few : [...new Set(forbidden.map(({ step }) => `--allow ${step.effect}`))]
}

function setting([first, ...others]: readonly Forbidden[]): string {
  const [host = ''] = first?.hosts ?? []
  const effects = [first, ...others].filter(each => each?.hosts.has(host)).map(each => `'${each?.step.effect}'`)
  return `${/^[a-z_]\w*$/i.test(host) ? host : `'${host}'`}: { …, allow: [${[...new Set(effects)].join(', ')}] }`
}
