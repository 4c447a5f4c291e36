import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Probe } from '../probe.ts'
import { answers, inSections, lines, succeeded } from '../sections.ts'
import { parseSystemState, SYSTEM_STATE, type SystemState } from '../system/system-state.ts'

export interface PropertyQuery {
  /** Exact, full name. */
  readonly unit: string
  /** As `systemctl show` names it. */
  readonly property: string
}

export interface PropertyFacts {
  /** As systemd prints it, of as many lines as it has; undefined when it has no property of that name. */
  readonly value?: string
  readonly exists: boolean
  /** The names of all properties, when there is none of that name. */
  readonly known: readonly string[]
  readonly system: SystemState
}

/**
 * One property of a unit as `systemctl show` prints it. Asked alone: a value of several lines (an `ExecStart=` with a script in it) could
 * hold what looks like another property.
 */
export const unitProperty: Probe<PropertyQuery, PropertyFacts> = {
  budget: seconds(10),
  describe: ({ unit }) => unit,
  command: ({ unit, property }) =>
    inSections(
      SYSTEM_STATE,
      sh`systemctl show --property LoadState,ActiveState --value -- ${unit}`,
      sh`systemctl show --all --property ${property} -- ${unit}`,
      sh`systemctl show --all -- ${unit}`,
    ),
  parse(result, query) {
    const [state, load, shown, all] = answers(result, query.unit, 4)
    const told = succeeded(shown, query.unit, result)
    const value = valueIn(told, query.property)
    return {
      ...(value !== undefined && { value }),
      exists: isThere(lines(succeeded(load, query.unit, result))),
      known: lines(succeeded(all, query.unit, result)).flatMap(line => /^([A-Z]\w*)=/.exec(line)?.[1] ?? []),
      system: parseSystemState(state, result),
    }
  },
}

/** One whose file is gone may still run: its properties are true until it ends. */
const isThere = ([load, active = 'inactive']: readonly string[]): boolean =>
  load !== 'not-found' || active !== 'inactive'

/** A property with several entries stands there once for each: they come as lines. */
function valueIn(shown: string, property: string): string | undefined {
  const head = `${property}=`
  if (!shown.startsWith(head)) return undefined
  return shown.slice(head.length).replaceAll(`\n${head}`, '\n')
}

/** The answer of `systemctl show` for several units, of properties with one line each. */
export const blocksOf = (shown: string): (ReadonlyMap<string, string> | undefined)[] =>
  shown.trim() === '' ? [] : shown.trim().split(/\n\n+/).map(parseProperties)

/** One `Key=value` a line; undefined when a line is none. */
function parseProperties(block: string): ReadonlyMap<string, string> | undefined {
  const entries = block.split('\n').map(line => /^([A-Z][A-Za-z0-9]*)=(.*)$/.exec(line))
  if (entries.includes(null)) return undefined
  return new Map(entries.map(entry => [entry?.[1] ?? '', entry?.[2] ?? '']))
}
