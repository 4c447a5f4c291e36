import { argv } from '../../core/command.ts'
import type { Duration } from '../../core/time/duration.ts'
import type { Machine } from '../../machine/machine.ts'
import { runChecked } from '../machines/run-checked.ts'
import type { NixWorld } from '../world.ts'

/** Sets the clock, from one moment to the next. A time service may set it right again: then that is what one sees. */
export async function jumpClock(world: NixWorld, machine: Machine, by: Duration): Promise<void> {
  const distance = `${by.ms < 0 ? '-' : '+'}${Math.abs(by.ms / 1000)} seconds`
  await runChecked(world, machine, argv('date', '--utc', `--set=${distance}`), {
    failed: `The clock of ${machine.name} was not set`,
  })
}
