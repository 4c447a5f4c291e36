import type { BootContext, Machine, MachineDriver, MachinePlan } from '../machine.ts'

/** Every driver there is, loaded when first wanted. A new one is a file in drivers/, a plan, and a line here. */
const DRIVERS: Readonly<Record<MachinePlan['kind'], () => Promise<unknown>>> = {
  'nixos-shell': async () => (await import('../drivers/nixos-shell.ts')).nixosShell,
  image: async () => (await import('../drivers/image.ts')).image,
  ssh: async () => (await import('../drivers/ssh.ts')).ssh,
  fake: async () => (await import('../drivers/fake.ts')).fake,
}

/** Boots (or connects to) what the plan says, by the driver of its kind. */
export async function bootMachine(plan: MachinePlan, context: BootContext): Promise<Machine> {
  // The kinds match by construction, which TypeScript cannot follow through the table.
  const driver = (await DRIVERS[plan.kind]()) as MachineDriver
  return driver.boot(plan, context)
}
