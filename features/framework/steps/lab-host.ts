/** Hosts with a systemd of their own for nixcumber's own features, up in about a second and gone with the scenario. */
import { After, type DataTable, EnvironmentBroken, Given, type NixWorld, reads } from 'nixcumber'
import type { LabHost } from '../../../support/testing/lab/lab-host.ts'
import { labSkip } from '../../../support/testing/lab/skip.ts'
import { startLabHost } from '../../../support/testing/lab/start.ts'
import type { LabWish } from '../../../support/testing/lab/wish.ts'
import { trialOf } from './trial.ts'

const hosts = new WeakMap<NixWorld, Map<string, LabHost>>()

/** One row of the table as a part of the host's description. */
const PARTS: Readonly<Record<string, (name: string, value: string) => LabWish>> = {
  service: (name, value) => ({
    units: { [`${name}.service`]: `[Service]\nExecStart=${value}\n` },
    start: [`${name}.service`],
  }),
  user: (name, value) => ({ users: [{ name, groups: value.split(' ').filter(Boolean) }] }),
  group: name => ({ groups: [{ name }] }),
  file: (name, value) => ({ files: { [name]: `${value}\n` } }),
  without: name => ({ without: [name] }),
  'hostile tool': (name, value) => ({ tools: { [name]: `#!/bin/sh\n${value}\n` } }),
}

function together(one: LabWish, other: LabWish): LabWish {
  const list = (key: 'start' | 'users' | 'groups' | 'without'): unknown[] => [
    ...(one[key] ?? []),
    ...(other[key] ?? []),
  ]
  const record = (key: 'units' | 'files' | 'tools'): object => ({ ...one[key], ...other[key] })
  return {
    ...{ units: record('units'), files: record('files'), tools: record('tools') },
    ...{ start: list('start'), users: list('users'), groups: list('groups'), without: list('without') },
  } as LabWish
}

/** `| service | quitter | /bin/false |`, and `user`, `group`, `file`, `without`, `hostile tool`. The host stands in the configuration. */
Given(
  'a lab host {string} with:',
  reads(async function (this: NixWorld, name: string, table: DataTable) {
    const parts = table.raw().map(([what = '', subject = '', value = '']) => {
      const part = PARTS[what]
      if (!part) throw new EnvironmentBroken(`A lab host has no "${what}", only ${Object.keys(PARTS).join(', ')}`)
      return part(subject, value)
    })
    await boot(this, name, parts.reduce(together, {}))
  }),
)

async function boot(world: NixWorld, name: string, wish: LabWish): Promise<void> {
  if (labSkip !== false) throw new EnvironmentBroken(`A lab host ${labSkip}`)
  const booted = hosts.get(world) ?? new Map<string, LabHost>()
  hosts.set(world, booted)
  booted.set(name, await startLabHost({ ...wish, name }))
  const machines = Object.fromEntries([...booted].map(([each, { url }]) => [each, url]))
  trialOf(world).write('nixcumber.config.json', JSON.stringify({ machines }))
}

After(async function (this: NixWorld) {
  for (const host of hosts.get(this)?.values() ?? []) await host[Symbol.asyncDispose]()
})
