import { NotSupported } from '../../core/errors.ts'
import type { Hardware } from '../../machine/hardware.ts'
import type { Machine } from '../../machine/machine.ts'

/** The machine's cable, keyboard and screen. @throws NotSupported for live hosts */
export function hardware({ name, hardware }: Machine): Hardware {
  if (hardware) return hardware
  throw new NotSupported(
    `"${name}" is a live host: its cable, keyboard and screen are out of reach\n\n  Next       let the feature have a machine of its own: nixcumber run without --machine ${name}=ssh://…`,
  )
}
