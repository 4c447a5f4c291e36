/** What machines show on their consoles when a scenario is over: each word is one scenario's matter only. */
import { ConfigurationBroken } from '../../core/errors.ts'
import type { Machine } from '../../machine/machine.ts'
import { clearExpected, orderedOf } from './expected-faults.ts'
import { ailments, unhealthy } from './health.ts'

export interface Illness {
  readonly machine: string
  readonly message: string
}

/** Each machine is looked at, whatever the others show: what is not heard now would be said of the next scenario. */
export const illnesses = (machines: readonly Machine[]): Illness[] => machines.flatMap(illnessOf)

export const illness = (found: readonly Illness[]): ConfigurationBroken =>
  new ConfigurationBroken(found.map(({ message }) => message).join('\n\n'))

function illnessOf(machine: Machine): Illness[] {
  const { text, from } = unheard(machine)
  const found = ailments(text, orderedOf(machine), from)
  clearExpected(machine)
  const { name, console } = machine
  return found.length === 0 ? [] : [{ machine: name, message: unhealthy(name, found, console?.transcriptFile ?? '') }]
}

// Machines are shared by scenarios: what the console said before was the matter of an earlier one.
const heard = new WeakMap<Machine, number>()

function unheard(machine: Machine): { readonly text: string; readonly from: number } {
  const { console } = machine
  if (!console) return { text: '', from: 0 }
  const from = heard.get(machine) ?? 0
  heard.set(machine, console.position)
  const text = console.since(from)
  return { text, from: console.position - text.length }
}
