import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Probe } from '../probe.ts'
import { answers, inSections, succeeded } from '../sections.ts'
import { parseSystemState, SYSTEM_STATE, type SystemState } from './system-state.ts'

export interface BootFacts {
  /** Another one at each boot (random(4)). */
  readonly bootId: string
  readonly system: SystemState
}

export const boot: Probe<void, BootFacts> = {
  budget: seconds(120),
  describe: () => 'the boot',
  command: () => inSections(SYSTEM_STATE, sh`cat /proc/sys/kernel/random/boot_id`),
  parse(result) {
    const [state, id] = answers(result, 'The boot', 2)
    return { system: parseSystemState(state, result), bootId: succeeded(id, 'The boot id', result) }
  },
}
