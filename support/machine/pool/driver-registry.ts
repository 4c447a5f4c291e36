import { ConfigurationBroken } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { unreadable } from '../address-parts.ts'
import { fake } from '../drivers/fake.ts'
import { image } from '../drivers/image.ts'
import { installed } from '../drivers/installed.ts'
import { nixosShell } from '../drivers/nixos-shell.ts'
import { ssh } from '../drivers/ssh.ts'
import type { AddressContext, BootContext, Machine, MachineDriver, MachinePlan } from '../machine.ts'

/** Every driver there is. A new one is a file in drivers/ and a line here; what it does not say of its machines is guarded. */
export const DRIVERS: readonly MachineDriver[] = [nixosShell, installed, image, ssh, fake] as readonly MachineDriver[]

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/

/** Boots (or connects to) what the plan says, by the driver of its kind. */
export async function bootMachine(plan: MachinePlan, context: BootContext, drivers = DRIVERS): Promise<Machine> {
  const driver = drivers.find(({ kind }) => kind === plan.kind)
  if (!driver) throw new ConfigurationBroken(`Machine "${plan.name}" is of a kind that no driver boots: ${plan.kind}`)
  return driver.boot(plan, context)
}

/**
 * Reads `NAME=URL` of `--machine`.
 * @throws UsageError that names the nearest right word
 */
export function parseMachineUrl(text: string, where: AddressContext, drivers = DRIVERS): MachinePlan {
  const addresses = drivers.flatMap(driver => driver.addresses ?? [])
  const expected = addresses.map(({ example }) => example).join(', ')
  const [, name = '', address = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? []
  if (address === '' || !NAME.test(name)) throw unreadable(text, expected)
  const [, scheme = ''] = /^([a-z]+):/.exec(address) ?? []
  const found = addresses.find(({ schemes }) => schemes.includes(scheme))
  if (found) return found.read(name, address, where)
  throw refuse({
    what: `Machine "${name}" is given by a kind of address that is not known`,
    expected,
    got: scheme || address,
    known: addresses.flatMap(({ schemes }) => schemes),
  })
}
