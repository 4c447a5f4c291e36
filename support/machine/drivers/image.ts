/** A machine that was built elsewhere: a `run-*-vm` script, or a folder with a disk. Without the harness; never written to. */

import { resolve } from 'node:path'
import { type Abilities, OWN_MACHINE } from '../abilities.ts'
import { optional, parameters, passwordVariable, path, unreadable } from '../address-parts.ts'
import type { AddressContext, ImagePlan, MachineDriver } from '../machine.ts'

const EXAMPLE = 'NAME=run:SCRIPT or NAME=image:FOLDER'
const PARAMETERS = ['user', 'identity'] as const

/** What is in the folder of an image may change, and its console's login would be in the state: nothing is kept. */
const IMAGE: Abilities = { ...OWN_MACHINE, keepable: false, entry: 'login' }

export const image: MachineDriver<ImagePlan> = {
  kind: 'image',
  addresses: { schemes: ['run', 'image'], example: EXAMPLE, read: imagePlan },
  async boot(plan, context) {
    context.progress.note(
      `${plan.name} boots anew in each run: what it was built from may have changed, nothing is kept`,
    )
    const [{ bootQemu }, { imageSpec }] = await Promise.all([import('../vm/boot.ts'), import('./image-vm.ts')])
    return bootQemu(imageSpec(plan), context)
  },
}

function imagePlan(name: string, address: string, { folder, env }: AddressContext): ImagePlan {
  const [, kind, file = '', query = ''] = /^([a-z]+):([^?]*)\??(.*)$/s.exec(address) ?? []
  if (file === '') throw unreadable(`${name}=${address}`, EXAMPLE)
  const given = parameters(name, query, PARAMETERS)
  const where = resolve(folder, file)
  return {
    kind: 'image',
    name,
    abilities: IMAGE,
    source: kind === 'run' ? { script: where } : { folder: where },
    login: {
      user: given.get('user') ?? 'root',
      ...optional('password', env[passwordVariable(name)]),
      ...optional('identity', path(folder, given.get('identity'))),
    },
  }
}
