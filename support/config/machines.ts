/** The machines of a run: configuration, inventories and command line together. What reads files is loaded only where there are some. */
import { basename } from 'node:path'
import { refuse } from '../core/refusal.ts'
import { parseMachineUrl } from '../machine/pool/driver-registry.ts'
import type { Effect } from '../world/effect.ts'
import type { MachineSettings } from '../world/settings.ts'
import type { FoundConfig } from './config.ts'
import type { Note } from './inventory.ts'

export interface MachineOptions {
  /** `NAME=URL`, each. */
  readonly machine?: readonly string[]
  readonly inventory?: readonly string[]
  /** `EFFECT` or `NAME=EFFECT`, each. */
  readonly allow?: readonly string[]
}

type Machines = Readonly<Record<string, MachineSettings>>

const EFFECTS = ['changes', 'restarts', 'destroys'] as const satisfies readonly Effect[]

/** @throws UsageError for a name in two inventories, an unknown effect, an unknown name */
export async function machinesOf(
  found: FoundConfig,
  options: MachineOptions,
  note: Note = text => console.error(text),
): Promise<Machines> {
  const known = addressed(await written(found, options, note), options.machine ?? [])
  const mayChange = found.config.mayChange ?? []
  const more = [
    ...mayChange.filter(name => Object.hasOwn(known, name)).flatMap(allOf),
    ...(options.allow ?? []).map(allowance(known)),
  ]
  return Object.fromEntries(
    Object.entries(known).map(([name, settings]) => {
      const allowed = more.filter(each => each.name === undefined || each.name === name).map(({ effect }) => effect)
      const allow = [...new Set([...settings.allow, ...allowed])]
      return [name, { ...settings, ...planned(name, settings, found.projectDir), allow }]
    }),
  )
}

/** @throws UsageError for an address that cannot be read, before anything is connected to */
const planned = (name: string, { address }: MachineSettings, folder: string): Pick<MachineSettings, 'plan'> =>
  address === undefined ? {} : { plan: parseMachineUrl(`${name}=${address}`, { folder, env: process.env }) }

async function written(
  { config, projectDir, file }: FoundConfig,
  { inventory = [] }: MachineOptions,
  note: Note,
): Promise<Machines> {
  const files = config.inventory ?? []
  if (!config.machines && files.length + inventory.length === 0) return {}
  const [{ machineSettings }, { readInventory, united }] = await Promise.all([
    import('./machine-entry.ts'),
    import('./inventory.ts'),
  ])
  const own = Object.entries(config.machines ?? {}).map(
    ([name, entry]) => [name, machineSettings(name, entry, projectDir)] as const,
  )
  return united([
    { source: basename(file ?? 'nixcumber.config'), machines: Object.fromEntries(own) },
    ...(await Promise.all([
      ...files.map(source => readInventory(source, projectDir, note)),
      ...inventory.map(source => readInventory(source, process.cwd(), note)),
    ])),
  ])
}

/** `--machine` says where a machine is, whatever else is known of it. */
function addressed(known: Machines, words: readonly string[]): Machines {
  const named: Record<string, MachineSettings> = {}
  for (const word of words) {
    const [, name, address] = /^([^=]+)=(.+)$/.exec(word) ?? []
    if (name === undefined || address === undefined)
      throw refuse({
        what: '--machine needs a name and an address',
        expected: '--machine NAME=ssh://user@host',
        got: word,
      })
    if (Object.hasOwn(named, name)) throw refuse({ what: `--machine names "${name}" twice`, got: word })
    const before = known[name]
    const source = before?.source === undefined ? '--machine' : `${before.source}, --machine`
    named[name] = { roles: [], allow: [], ...before, address, source }
  }
  return { ...known, ...named }
}

interface Allowance {
  /** Left out: every machine. */
  readonly name?: string
  readonly effect: Effect
}

const allOf = (name: string): Allowance[] => EFFECTS.map(effect => ({ name, effect }))

const allowance =
  (known: Machines) =>
  (word: string): Allowance => {
    const [, name, text = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(word) ?? []
    const effect = EFFECTS.find(each => each === text)
    if (effect === undefined)
      throw refuse({ what: `--allow cannot be "${word}"`, expected: '[NAME=]EFFECT', got: text, known: EFFECTS })
    if (name === undefined) return { effect }
    if (Object.hasOwn(known, name)) return { name, effect }
    throw refuse({ what: `--allow names a machine that is not known: "${name}"`, got: name, known: Object.keys(known) })
  }
