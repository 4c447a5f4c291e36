import type { MachineDriver, NixosShellPlan } from '../machine.ts'

/** A host in a virtual machine: the `run-*-vm` that nixos-shell's module builds, with the harness module in the guest. */
export const nixosShell: MachineDriver<NixosShellPlan> = {
  kind: 'nixos-shell',
  async boot(plan, context) {
    const [{ bootQemu }, { nixosShellSpec }] = await Promise.all([
      import('../vm/boot.ts'),
      import('./nixos-shell-vm.ts'),
    ])
    return bootQemu(nixosShellSpec(plan, context.handed), context)
  },
}
