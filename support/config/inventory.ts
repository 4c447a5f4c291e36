/** `--inventory`: machines from a file in the form of `machines` in nixcumber.config.*, or from who knows them. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { refuse } from '../core/refusal.ts'
import type { MachineSettings } from '../world/settings.ts'
import { machineEntry, machineSettings } from './machine-entry.ts'
import { refuseWrong } from './refuse-wrong-key.ts'

export interface Inventory {
  /** As the user has named it. */
  readonly source: string
  readonly machines: Readonly<Record<string, MachineSettings>>
}

const inventorySchema = z.strictObject({ machines: z.record(z.string(), machineEntry) })

const HCLOUD = 'hcloud:'

/** Told what is not judged, and why. */
export type Note = (text: string) => void

/** @param from the folder where relative paths start */
export async function readInventory(source: string, from: string, note: Note): Promise<Inventory> {
  if (!source.startsWith(HCLOUD)) return readFile(source, from)
  const { serversBy } = await import('./hcloud/servers.ts')
  const waiting = (text: string): void => console.error(text)
  return { source, machines: await serversBy(source.slice(HCLOUD.length), { env: process.env, waiting, note }) }
}

/** @throws UsageError that names the file, the place in it, and the nearest right key */
function readFile(source: string, from: string): Inventory {
  const file = resolve(from, source)
  if (!existsSync(file)) throw refuse({ what: `There is no inventory ${source}`, got: file })
  const parsed = inventorySchema.safeParse(json(file))
  if (!parsed.success)
    throw refuseWrong(
      file,
      parsed.error.issues[0],
      ['machines'],
      '{ "machines": { "web1": { "address": "ssh://…" } } }',
    )
  const entries = Object.entries(parsed.data.machines)
  const machines = entries.map(([name, entry]) => [name, machineSettings(name, entry, dirname(file))] as const)
  return { source, machines: Object.fromEntries(machines) }
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw refuse({ what: `The inventory ${file} is no JSON`, got: (error as Error).message })
  }
}

/** All machines there are. @throws UsageError when two sources name the same one */
export function united(inventories: readonly Inventory[]): Record<string, MachineSettings> {
  const all: Record<string, MachineSettings> = {}
  const sources = new Map<string, string>()
  for (const { source, machines } of inventories)
    for (const [name, settings] of Object.entries(machines)) {
      const before = sources.get(name)
      if (before !== undefined)
        throw refuse({
          what: `Machine "${name}" is in two inventories`,
          got: `${before} and ${source}`,
          next: 'give one of them another name, or leave one out',
        })
      sources.set(name, source)
      all[name] = { ...settings, source }
    }
  return all
}
