/** A machine that restarts itself again and again is never ready, and no line of it says that something is wrong. */
import { ReadableText } from '../../console/readable.ts'
import type { SerialLine } from '../console/serial-line.ts'
import type { BootTrouble } from './boot-trouble.ts'

/** One is a reboot that was asked for, one more a root file system that was mended (NixOS's stage 1, fsck(8) exit code 2), one is luck. */
const RESTARTS = 4
/** kernel/reboot.c */
const RESTART = /^.*reboot: Restarting system.*\n/gm

/** Resolves when it has restarted too often while it was waited for. */
export function restartsForever(line: Pick<SerialLine, 'listen'>, signal: AbortSignal): Promise<BootTrouble> {
  const text = new ReadableText()
  let unread = ''
  let count = 0
  return new Promise(resolve => {
    const stop = line.listen(piece => {
      unread += text.add(piece)
      for (const [found] of unread.matchAll(RESTART))
        if (++count === RESTARTS)
          resolve({ what: `restarted itself ${count} times and was never ready`, line: found.trim() })
      unread = unread.slice(unread.lastIndexOf('\n') + 1)
    })
    signal.addEventListener('abort', stop, { once: true })
  })
}
