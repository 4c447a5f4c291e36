/** A machine that restarts itself again and again is never ready, and no line of it says that something is wrong. */
import { ReadableText } from '../../console/readable.ts'
import type { SerialLine } from '../console/serial-line.ts'
import type { BootTrouble } from './boot-trouble.ts'

/** One is a reboot that was asked for, one more a root file system that was mended (NixOS's stage 1, fsck(8) exit code 2), one is luck. */
const RESTARTS = 4
/** kernel/reboot.c */
const RESTART = 'reboot: Restarting system'
/** A flood without the end of a line is kept so far. */
const LINE_CHARS = 1000

/** Resolves when it has restarted too often while it was waited for. */
export function restartsForever(line: Pick<SerialLine, 'listen'>, signal: AbortSignal): Promise<BootTrouble> {
  const text = new ReadableText()
  let unread = ''
  let count = 0
  return new Promise(resolve => {
    const stop = line.listen(piece => {
      const lines = (unread + text.add(piece)).split('\n')
      unread = (lines.pop() ?? '').slice(-LINE_CHARS)
      for (const line of lines)
        if (line.includes(RESTART) && ++count === RESTARTS)
          resolve({ what: `restarted itself ${count} times and was never ready`, line: line.trim() })
    })
    signal.addEventListener('abort', stop, { once: true })
  })
}
