/** `nixcumber machines`: what a run would know of machines, without asking any of them. */

import { loadConfig } from '../../config/config.ts'
import { type MachineOptions, machinesOf } from '../../config/machines.ts'
import { chooseMachines } from '../../cucumber/selection/choose-machines.ts'
import { abilitiesOf } from '../../machine/abilities.ts'
import type { MachineSettings } from '../../world/settings.ts'
import type { Given } from '../registry.ts'

interface Options extends MachineOptions {
  readonly on?: readonly string[]
  readonly json?: true
}

export async function listMachines({ options }: Given): Promise<number> {
  const { on, json, ...asked }: Options = options
  const found = await loadConfig(process.cwd())
  const all = await machinesOf(found, asked)
  const chosen = on ? chooseMachines(on, all) : Object.keys(all)
  const machines = chosen.flatMap(name => (all[name] ? [{ name, ...all[name] }] : []))
  // A plan holds passwords.
  const shown = machines.map(({ plan: _, ...settings }) => settings)
  console.log(json ? JSON.stringify(shown, undefined, 2) : renderMachines(machines))
  return 0
}

const HEAD = ['machine', 'address', 'roles', 'allowed', 'named by']

export function renderMachines(machines: readonly ({ readonly name: string } & MachineSettings)[]): string {
  if (machines.length === 0)
    return 'no machine: `machines` in nixcumber.config, --inventory or --machine names them; hosts of the flake need no name there'
  const table = [
    HEAD,
    ...machines.map(({ name, address, plan, host = name, roles, allow, source = '' }) => [
      name,
      address?.replace(/\?.*/, '') ?? `host ${host} of the flake`,
      roles.join(', ') || '-',
      // What is ours may be changed as one likes.
      address !== undefined && (!plan || abilitiesOf(plan).guarded) ? ['looking', ...allow].join(', ') : 'everything',
      source,
    ]),
  ]
  const widths = HEAD.map((_, at) => Math.max(...table.map(row => row[at]?.length ?? 0)))
  return table
    .map(row =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
