import type { InstalledPlan, MachineDriver } from '../machine.ts'

/** A host as it would be installed: its disk script and its system, driven onto virtual disks, and started from them by firmware. */
export const installed: MachineDriver<InstalledPlan> = {
  kind: 'installed',
  async boot(plan, context) {
    const [{ bootQemu }, { installedSpec }] = await Promise.all([import('../vm/boot.ts'), import('./installed-vm.ts')])
    return bootQemu(installedSpec(plan, context), context)
  },
}
