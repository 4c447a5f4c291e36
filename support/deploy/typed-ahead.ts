/** What was typed before a question was to be read is no answer to it. */
import { systemClock } from '../core/time/clock.ts'
import { milliseconds } from '../core/time/duration.ts'

export type Terminal = NodeJS.ReadableStream & {
  readonly isTTY?: boolean
  setRawMode?(isRaw: boolean): unknown
}

/** Until then all that lies ready is read. */
const QUIET = milliseconds(100)
const CTRL_C = 0x03

/** Drops it. A terminal hands out whole lines only, unless it is told otherwise (termios(3), ICANON): half a line would become the answer's beginning. */
export async function dropTypedAhead(input: Terminal): Promise<void> {
  const drop = (typed: Buffer | string): void => {
    // Such a terminal does not interrupt either.
    if (Buffer.from(typed).includes(CTRL_C)) process.kill(process.pid, 'SIGINT')
  }
  input.setRawMode?.(true)
  input.on('data', drop)
  try {
    await systemClock.wait(QUIET)
  } finally {
    input.off('data', drop)
    input.pause()
    input.setRawMode?.(false)
  }
}
