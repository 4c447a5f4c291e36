import { NixcumberError } from '../../core/errors.ts'
import { scale, seconds } from '../../core/time/duration.ts'
import type { Machine } from '../../machine/machine.ts'
import { nixos } from '../../probe/system/nixos.ts'
import type { NixWorld } from '../world.ts'

const known = new WeakSet<Machine>()

/** What the machine says that it is, for the record: asked once, and never a reason to fail. */
export async function recordGuest(world: NixWorld, machine: Machine): Promise<void> {
  if (known.has(machine)) return
  known.add(machine)
  try {
    const said = await (await world.shell(machine)).run(nixos.command(), {
      attempt: scale(seconds(10), machine.slowness),
    })
    const { bootId, toplevel, booted, version, generation, kernel, systemd } = nixos.parse(said)
    world.context.record.machine(machine.name, {
      bootId,
      running: toplevel,
      booted,
      version,
      generation,
      kernel,
      systemd,
    })
  } catch (error) {
    if (!(error instanceof NixcumberError)) throw error
    world.context.progress.note(`${machine.name} did not say what it is: ${error.message.split('\n')[0]}`)
  }
}
