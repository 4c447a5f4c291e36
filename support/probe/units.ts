import { sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import type { Probe } from './probe.ts'
import { answers, C_LOCALE, inSections, lines, succeeded } from './sections.ts'
import { parseSystemState, SYSTEM_STATE, type SystemState } from './system.ts'
import { parseUnits, SHOWN, show, type UnitFacts } from './unit.ts'

export interface UnitsQuery {
  /** Exact, full names. */
  readonly names: readonly string[]
  /** The state all should be in; units that are answer in one question to systemd, the others are asked one by one. */
  readonly state: string
}

/** The units of a table. `systemctl show` asks systemd once for each of them: fine for the few that are not as they should be. */
export const units: Probe<UnitsQuery, readonly UnitFacts[]> = {
  budget: seconds(60),
  describe: ({ names }) => `these ${names.length} services`,
  command: ({ names, state }) => sh`${{ script: C_LOCALE }}
listed=$(systemctl list-units --all --state ${state} --full --plain --no-legend --no-pager -- ${names}); found=$?
for name in ${names}; do
case "
$listed" in *"
$name "*) ;; *) set -- "$@" "$name";; esac
done
facts= ended=0
if [ $# -gt 0 ]; then ${show(sh`"$@"`)}
fi
${inSections(sh`printf '%s\n' "$listed"; exit $found`, SYSTEM_STATE, ...SHOWN)}`,
  parse(result, { names }) {
    const [listed, state, shown, known] = answers(result, units.describe({ names, state: '' }), 4)
    const system = parseSystemState(state, result)
    const inState = new Map(
      lines(succeeded(listed, 'The list of units', result))
        .map(line => parseListed(line, system))
        .map(facts => [facts.name, facts]),
    )
    const others = names.filter(name => !inState.has(name))
    const asked = new Map(parseUnits({ result, shown, known, system }, others).map(facts => [facts.name, facts]))
    return names.flatMap(name => inState.get(name) ?? asked.get(name) ?? [])
  },
}

/** A line of `systemctl list-units --plain`: name, load, active and sub state, description. */
function parseListed(line: string, system: SystemState): UnitFacts {
  const [name = '', loadState = '', activeState = '', subState = ''] = line.trim().split(/\s+/)
  return {
    name,
    id: name,
    loadState,
    activeState,
    subState,
    result: 'success',
    exit: { code: 0, signal: false },
    restarts: 0,
    fileState: '',
    wantedBy: [],
    triggeredBy: [],
    invocation: '',
    job: false,
    system,
  }
}
