import { sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import type { Probe } from './probe.ts'
import { UnreadableAnswer } from './unreadable-answer.ts'

export interface TerminalFacts {
  /** From top to bottom, without the blanks at their ends. */
  readonly rows: readonly string[]
}

/** The characters of the kernel's terminal in the foreground (vcs(4)): its size as two bytes, then each character as four. */
export const virtualTerminal: Probe<void, TerminalFacts> = {
  budget: seconds(30),
  describe: () => 'the screen',
  command: () => sh`head --bytes 2 /dev/vcsa && cat /dev/vcsu`,
  parse(result) {
    const { exitCode, stdout } = result
    const [rows = 0, columns = 0] = stdout
    if (exitCode !== 0 || columns === 0 || stdout.length !== 2 + 4 * rows * columns)
      throw new UnreadableAnswer('The terminal on the screen', result)
    const row = (index: number): string =>
      Array.from({ length: columns }, (_, column) => stdout.readUInt32LE(2 + 4 * (index * columns + column)))
        .map(code => String.fromCodePoint(code))
        .join('')
        .trimEnd()
    return { rows: Array.from({ length: rows }, (_, index) => row(index)) }
  },
}
