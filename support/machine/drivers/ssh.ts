import { NotSupported } from '../../core/errors.ts'
import type { MachineDriver, SshPlan } from '../machine.ts'
export const ssh: MachineDriver<SshPlan> = {
  kind: 'ssh',
  boot: async () => {
    throw new NotSupported('not yet')
  },
}
