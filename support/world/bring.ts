import { Deadline } from '../core/deadline.ts'
import { minutes, scale } from '../core/duration.ts'
import type { Machine } from '../machine/machine.ts'
import type { NixWorld } from './world.ts'

const BOOT = minutes(3)

/**
 * Brings a machine into play: the one that `--machine` gives this name, else the host of the flake in play, built and booted.
 * One that an earlier scenario switched off is booted again.
 */
export async function bring(world: NixWorld, name: string, host = name): Promise<Machine> {
  const { machines, settings } = world.context
  if (!(name in settings.machines)) {
    machines.know({ ...(await world.flake.plan(host)), name })
    await recordFlake(world)
  }
  const machine = await machines.get(name)
  if ((await machine.state()) === 'off') await machine.power('boot', Deadline.after(scale(BOOT, machine.slowness)))
  world.inPlay.set(name, machine)
  return machine
}

/** The report says which flake was judged; asked before already to build the machine, so it costs nothing. */
async function recordFlake({ flake, context }: NixWorld): Promise<void> {
  const subject = await flake.subject()
  const { revision, dirtyRevision, narHash } = (await subject.metadata()) ?? {}
  const known = revision ?? (dirtyRevision && `${dirtyRevision} with changes`)
  const reference = subject.locator.kind === 'flake' ? subject.locator.reference : subject.locator.file
  context.record.flake({ reference, ...(known ? { revision: known } : {}), ...(narHash ? { narHash } : {}) })
}
