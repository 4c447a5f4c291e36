/** What stands on a terminal after all that was sent to it: drawn, overwritten, wiped and scrolled, as a person sees it. */
import { createRequire } from 'node:module'
import type { Terminal as XTerm } from '@xterm/headless'

/** CommonJS of a kind whose names Node's import does not find, though tsx's does. */
const require = createRequire(import.meta.url)

/** What a machine is told that asks its serial console for the size of the terminal there. */
export const TERMINAL_SIZE = { rows: 24, columns: 80 } as const

/** Characters; a screen has not 2000 of them, and a program that draws anew begins by clearing it. */
const MAX_PENDING_CHARS = 65_536

/** From top to bottom without the blanks at their ends; a line that was too long for a row is one all the same. */
export async function terminalScreen(sent: string): Promise<string[]> {
  // Only when it is looked at: it takes a tenth of a second to load.
  const { Terminal } = require('@xterm/headless') as typeof import('@xterm/headless')
  const { rows, columns: cols } = TERMINAL_SIZE
  const terminal = new Terminal({ rows, cols, scrollback: 0, allowProposedApi: true })
  try {
    await new Promise<void>(resolve => terminal.write(sent.slice(-MAX_PENDING_CHARS), resolve))
    return linesOf(terminal)
  } finally {
    terminal.dispose()
  }
}

function linesOf({ rows, buffer: { active } }: XTerm): string[] {
  const lines: string[] = []
  for (let index = 0; index < rows; index += 1) {
    const row = active.getLine(index)
    const text = row?.translateToString() ?? ''
    lines.push(row?.isWrapped ? `${lines.pop() ?? ''}${text}` : text)
  }
  return lines.map(line => line.trimEnd())
}
