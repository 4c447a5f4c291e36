/** Which of the machines that run on this computer a name means. */
import { refuse } from '../../core/refusal.ts'
import type { RunningMachine } from '../../machine/runtime/running-machines.ts'

/**
 * The machine of that name, or `NAME@RUNNER`; of several that of a run begun in this folder. Undefined when there is none. Pure.
 * @throws UsageError for several: the newest may be another project's
 */
export function chooseRunning(
  wanted: string,
  machines: readonly RunningMachine[],
  here: string,
): RunningMachine | undefined {
  const named = machines.filter(machine => [machine.name, exactName(machine)].includes(wanted))
  const own = named.filter(({ folder }) => folder === here)
  const [only, ...others] = own.length > 0 ? own : named
  if (others.length === 0) return only
  throw refuse({
    what: `${named.length} machines are named "${wanted}": which one?`,
    expected: 'the name with the runner behind it',
    got: named.map(machine => `${exactName(machine)}, of a run begun in ${machine.folder}`).join('\n'),
    ...(only ? { next: `nixcumber shell ${exactName(only)}` } : {}),
  })
}

const exactName = ({ name, runner }: RunningMachine): string => `${name}@${runner}`
