import type { Shown } from '../../claim/screen.ts'
import { NixcumberError } from '../../core/errors.ts'
import type { LookLimits, Observation } from '../../expect/expectation.ts'
import { showsNoSystem } from '../../machine/display/firmware-screen.ts'
import type { Machine } from '../../machine/machine.ts'
import { virtualTerminal } from '../../probe/system/virtual-terminal.ts'
import type { NixWorld } from '../world.ts'
import { hardware } from './hardware.ts'

/** What a person in front of the machine reads. @throws NotSupported for machines without a display */
export const display = (world: NixWorld, machine: Machine): Observation<Shown> => ({
  subject: `the screen of ${machine.name}`,
  look: async limits => (await hardware(machine).textScreen()) ?? drawnText(world, machine, limits),
})

/** A kernel may draw its terminal as graphics; then it can still tell what it has drawn. A desktop cannot. */
async function drawnText(world: NixWorld, machine: Machine, limits: LookLimits): Promise<Shown> {
  const shell = await world.shell(machine)
  return virtualTerminal.parse(await shell.run(virtualTerminal.command(), limits), undefined)
}

/** Puts a picture of the display into the report. @throws NotSupported for machines without one */
export async function attachPicture(world: NixWorld, machine: Machine): Promise<void> {
  const picture = await hardware(machine).picture()
  world.attach(picture, { mediaType: 'image/png', fileName: `${machine.name}.screen.png` })
}

/** As evidence: only of a display on which the machine's system has written, or its firmware has said what is wrong. */
export async function attachPictureIfAny(world: NixWorld, machine: Machine): Promise<void> {
  if (!machine.hardware) return
  try {
    const text = await machine.hardware.textScreen()
    if (text && showsNoSystem(text.rows)) return
    await attachPicture(world, machine)
  } catch (error) {
    if (!(error instanceof NixcumberError)) throw error
  }
}
