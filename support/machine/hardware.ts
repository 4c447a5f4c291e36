import type { QKeyCode } from './display/key-codes.ts'
import type { TextScreen } from './display/vga-text.ts'

/** A machine seen and touched from outside of its system: its cable, its keyboard, its screen. Only where its QEMU is ours. */
export interface Hardware {
  /** Plugs the cables of all its network cards in or out. It stays so until told otherwise or until QEMU is started anew. */
  setLink(up: boolean): Promise<void>
  /** Presses the keys of one chord together and lets them go. @throws NotSupported without a display */
  press(chord: readonly QKeyCode[]): Promise<void>
  /** What the display shows, as PNG. @throws NotSupported without a display */
  picture(): Promise<Buffer>
  /** The characters on the display; undefined while it shows graphics. @throws NotSupported without a display */
  textScreen(): Promise<TextScreen | undefined>
}
