import { sh, unconfined } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Probe } from '../probe.ts'
import { answers, decoded, encoded, inSections, succeeded } from '../sections.ts'
import { UnreadableAnswer } from '../unreadable-answer.ts'

export interface TerminalFacts {
  /** From top to bottom, without the blanks at their ends; undefined while a desktop draws something else on the screen. */
  readonly rows?: readonly string[]
}

/**
 * The characters of the kernel's terminal in the foreground (vcs(4)): its size as two bytes, then each character as four. A desktop leaves
 * there what stood before it; that there is one says the terminal's mode (kbdinfo(1)), or where kbd is not installed the type of the
 * session in the foreground. Without logind none could have been started.
 */
export const virtualTerminal: Probe<void, TerminalFacts> = {
  budget: seconds(30),
  describe: () => 'the screen',
  command: () =>
    unconfined(
      inSections(
        encoded(sh`head --bytes 2 /dev/vcsa && cat /dev/vcsu`),
        sh`if command -v kbdinfo > /dev/null; then kbdinfo -C "/dev/$(cat /sys/class/tty/tty0/active)" getmode
else
session=$(loginctl show-seat seat0 --property ActiveSession --value 2> /dev/null)
case $(loginctl show-session "$session" --property Type --value 2> /dev/null) in x11|wayland|mir) echo graphics;; *) echo text;; esac
fi`,
      ),
    ),
  parse(result) {
    const [shown, mode] = answers(result, 'The terminal on the screen', 2)
    succeeded(shown, 'The terminal on the screen', result)
    if (succeeded(mode, 'The mode of the terminal', result) !== 'text') return {}
    const bytes = shown ? decoded(shown) : Buffer.alloc(0)
    const [rows = 0, columns = 0] = bytes
    if (columns === 0 || bytes.length !== 2 + 4 * rows * columns)
      throw new UnreadableAnswer('The terminal on the screen', result)
    const row = (index: number): string =>
      Array.from({ length: columns }, (_, column) => bytes.readUInt32LE(2 + 4 * (index * columns + column)))
        .map(code => String.fromCodePoint(code))
        .join('')
        .trimEnd()
    return { rows: Array.from({ length: rows }, (_, index) => row(index)) }
  },
}
