import { NotSupported } from '../../core/errors.ts'
import type { ImagePlan, MachineDriver } from '../machine.ts'
export const image: MachineDriver<ImagePlan> = {
  kind: 'image',
  boot: async () => {
    throw new NotSupported('not yet')
  },
}
