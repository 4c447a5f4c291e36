import { NixcumberError } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { minutes, scale } from '../../core/time/duration.ts'
import type { MachineSize } from '../../core/values/machine-size.ts'
import type { BootPlan } from '../../flake/plan/boot-plan.ts'
import type { MachineWish } from '../../flake/plan/evaluated-machine.ts'
import { abilitiesOf, isLivePlan, OWN_MACHINE } from '../../machine/abilities.ts'
import { refuseClosedSsh } from '../../machine/access/closed-ssh.ts'
import type { Machine, MachinePlan } from '../../machine/machine.ts'
import type { PromptAnswer } from '../../machine/prompt-answer.ts'
import { recordGuest } from '../facts/guest-facts.ts'
import { tellMissingSecrets } from '../secrets/missing-secret.ts'
import { onItsWay } from '../told-once.ts'
import type { NixWorld } from '../world.ts'

const BOOT_TIMEOUT = minutes(3)

/**
 * Brings a machine into play: the one that `--machine` gives this name, else the host of the flake in play, built and booted.
 * One that an earlier scenario switched off is booted again.
 */
export async function startMachine(world: NixWorld, name: string, named?: string): Promise<Machine> {
  const { machines, settings } = world.context
  const { address, host = named ?? name } = settings.machines[name] ?? {}
  if (settings.installed?.includes(host)) return startInstalled(world, name, host)
  if (address === undefined) {
    const plan = await onItsWay(world.flake.plan(host, wishOf(world, name)))
    if (world.transport === 'ssh') refuseClosedSsh(name, plan)
    machines.register(answered({ ...plan, name, abilities: OWN_MACHINE }, world.answers))
    await recordFlake(world, name, plan)
  } else {
    const plan = machines.plan(name)
    if (plan) machines.register(answered(plan, world.answers))
  }
  return bringIn(world, name)
}

/**
 * Brings the host of the flake in play into play as it would be installed: on disks of its own, started from them by firmware.
 * @throws UsageError for a machine that has an address, and a host without a layout of disks
 */
export async function startInstalled(world: NixWorld, name: string, named = name): Promise<Machine> {
  const { machines, settings, record } = world.context
  const { address, host = named } = settings.machines[name] ?? {}
  if (address !== undefined && settings.deployed?.includes(name)) return bringIn(world, name)
  if (address !== undefined) throw installedAlready(name, address)
  const plan = await onItsWay(world.flake.installPlan(host))
  const { size, files } = wishOf(world, name)
  const wished = { files, ...(size.memorySize === undefined ? {} : { memoryMiB: size.memorySize }) }
  machines.register(answered({ ...plan, ...wished, name, abilities: OWN_MACHINE }, world.answers))
  const { firmware, diskScript, devices, differences } = plan
  record.flake(await (await world.flake.subject()).facts())
  const disks = Object.values(devices).join(', ')
  record.machine(name, { level: 'installed', firmware, diskScript, disks })
  if (differences.length > 0) record.differences(name, differences)
  return bringIn(world, name)
}

const installedAlready = (name: string, address: string) =>
  refuse({
    what: `Machine "${name}" is there already, at ${address.replace(/\?.*/s, '')}: it is not installed`,
    next: `say: Given machine "${name}" is running`,
  })

async function bringIn(world: NixWorld, name: string): Promise<Machine> {
  const { machines } = world.context
  const plan = machines.plan(name)
  const made = machines.get(name, world.lease).catch(error => {
    if (error instanceof NixcumberError && plan) tellMissingSecrets(error, [{ name, plan }])
    throw error
  })
  const machine = await (plan && isLivePlan(plan) ? made : onItsWay(made))
  // Asking a live host whether it runs would cost each scenario a round trip, and its power is not ours.
  const isOff = abilitiesOf(machine.plan).bootable && (await machine.state()) === 'off'
  if (isOff) await machine.power('boot', Deadline.after(scale(BOOT_TIMEOUT, machine.slowness)))
  await recordGuest(world, machine)
  world.inPlay.set(name, machine)
  return machine
}

/** What this scenario wants of the machine. */
export const wishOf = (world: NixWorld, machine: string): MachineWish => ({
  size: sizeOf(world, machine),
  files: (world.context.settings.machines[machine]?.files ?? []).map(({ path }) => path),
})

/** Tags are the word of one scenario, settings that of all. */
export const sizeOf = ({ context, size }: NixWorld, machine: string): MachineSize => ({
  ...context.settings.machines[machine]?.size,
  ...size,
})

/** A machine that is answered while it boots is another one than the same without. What runs already asks for no answer. */
function answered(plan: MachinePlan, answers: readonly PromptAnswer[]): MachinePlan {
  if (isLivePlan(plan)) return plan
  const { answers: _former, ...bare } = plan
  return answers.length > 0 ? { ...bare, answers } : bare
}

/** The report says which flake was judged, what the machine was given, and what it has otherwise than the host. */
async function recordFlake(
  { flake, scenario, context: { record } }: NixWorld,
  name: string,
  plan: BootPlan,
): Promise<void> {
  const { memoryMiB, cores, diskMiB, vmVariant, differences } = plan
  record.flake(await (await flake.subject()).facts())
  record.machine(name, known({ memoryMiB, cores, diskMiB, vmVariant }))
  record.size(name, { memoryMiB, cores, diskMiB }, scenario.key)
  if (differences) record.differences(name, differences)
}

type Fact = string | number

const known = (facts: Readonly<Record<string, Fact | undefined>>): Record<string, Fact> =>
  Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, Fact] => fact[1] !== undefined))
